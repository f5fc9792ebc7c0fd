import { connect, type Socket } from 'node:net'
import { paths } from '@kickstand/contract'
import { createArrivals } from './arrivals.ts'
import { clockMs, type ListenResult, type ListenPlan } from './listeners.ts'
import { cellKey } from './place-streams.ts'
import { createReadZones, createStreamReader } from './stream-reader.ts'

// The process that reads all streams. It uses plain sockets with one shared buffer, so that its own cost stays low.

const MAX_CONCURRENT_OPENS = 64
const READ_BUFFER_BYTES = 256 * 1024

function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.closed) resolve()
    else socket.destroy().once('close', () => resolve())
  })
}

type Streams = { count(sentAt: readonly number[]): ListenResult; close(): Promise<void> }

async function open({ port, streams, changes }: Extract<ListenPlan, { kind: 'open' }>): Promise<Streams> {
  const buffer = Buffer.allocUnsafe(READ_BUFFER_BYTES)
  const readZones = createReadZones()
  const arrivals = createArrivals(streams, changes, clockMs())
  const cpuBefore = process.cpuUsage()
  const sockets: Socket[] = []
  let [messages, ended, closing] = [0, 0, false]

  function openOne(stream: number): Promise<void> {
    return new Promise((resolve, reject) => {
      let opened = false
      const reader = createStreamReader(readZones, (zones) => {
        const now = clockMs()
        messages += 1
        for (const zone of zones) arrivals.record(stream, zone, now)
      })
      function handleBytes(length: number): void {
        try {
          reader.read(buffer.subarray(0, length))
        } catch (error) {
          socket.destroy(error instanceof Error ? error : undefined)
          return
        }
        if (opened) return
        opened = true
        resolve()
      }
      const socket = connect({
        port,
        host: '127.0.0.1',
        onread: {
          buffer,
          callback(length) {
            handleBytes(length)
            return true
          },
        },
      })
      socket.once('connect', () => {
        const cells = streams[stream].map(cellKey).join(',')
        socket.write(
          `GET ${paths.live()}?cells=${cells} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n`,
        )
      })
      socket.once('error', reject)
      socket.once('close', () => {
        if (!closing) ended += 1
      })
      sockets.push(socket)
    })
  }

  let next = 0
  async function openMore(): Promise<void> {
    while (next < streams.length) await openOne(next++)
  }
  await Promise.all(Array.from({ length: MAX_CONCURRENT_OPENS }, openMore))

  return {
    count(sentAt) {
      const { user, system } = process.cpuUsage(cpuBefore)
      return { ...arrivals.figures(sentAt), messages, ended, cpuSeconds: (user + system) / 1e6 }
    },
    async close() {
      closing = true
      await Promise.all(sockets.map(closed))
    },
  }
}

let streams: Streams | null = null

async function answer(plan: ListenPlan): Promise<unknown> {
  if (plan.kind === 'open') streams = await open(plan)
  else if (plan.kind === 'count') return streams?.count(plan.sentAt)
  else await streams?.close()
  return null
}

process.on('message', (plan: ListenPlan) => {
  answer(plan).then(
    (result) => process.send?.(result),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`)
      process.exit(1)
    },
  )
})
