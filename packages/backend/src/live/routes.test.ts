import { once } from 'node:events'
import { createConnection, type Socket } from 'node:net'
import { setImmediate as turn } from 'node:timers/promises'
import { paths } from '@kickstand/contract'
import { fastify } from 'fastify'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createMetrics } from '#platform/metrics.ts'
import type { LiveClient } from './subscriptions.ts'
import { toFrames } from './frames.ts'
import { register } from './routes.ts'

const MINUTE = 60_000

describe('an open live stream', () => {
  const metrics = createMetrics({ zones: () => 0, tailLagSeconds: () => 0, redisUp: () => 0, roles: new Set() })
  let joined: LiveClient[]
  let left: LiveClient[]
  let app: ReturnType<typeof fastify>
  let live: ReturnType<typeof register>
  let socket: Socket
  let text: string
  let ended: boolean

  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'setTimeout', 'clearInterval', 'clearTimeout'] })
    // Per test: the stream of the test before may end while this one begins.
    const joins: LiveClient[] = []
    const leaves: LiveClient[] = []
    joined = joins
    left = leaves
    app = fastify()
    live = register(app, {
      hub: { join: (client) => void joins.push(client), leave: (client) => void leaves.push(client) },
      metrics,
      random: () => 0.5,
      config: { streamsPerAddress: 0 },
    })
    const url = new URL(await app.listen({ port: 0, host: '127.0.0.1' }))
    const own = createConnection(Number(url.port), url.hostname)
    socket = own
    text = ''
    ended = false
    own.on('data', (chunk) => (text += chunk.toString()))
    own.on('error', () => undefined)
    // The connection of the test before may close while this one begins.
    own.on('close', () => (ended ||= own === socket))
    socket.write(`GET ${paths.live()}?cells=13/1/1 HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`)
    await until(() => text.includes('retry:'))
  })
  afterEach(async () => {
    socket.destroy()
    await app.close()
    vi.useRealTimers()
  })

  async function until(holds: () => boolean): Promise<void> {
    for (let i = 0; i < 20_000 && !holds(); i += 1) await turn()
    expect(holds()).toBe(true)
  }

  const beats = (): number => text.split('event: heartbeat\ndata: {}\n\n').length - 1

  it('sends a heartbeat every 20 seconds', async () => {
    expect(beats()).toBe(0)
    vi.advanceTimersByTime(20_000)
    await until(() => beats() === 1)
    vi.advanceTimersByTime(60_000)
    await until(() => beats() === 4)
  })

  it('ends after about ten minutes and is sent nothing more', async () => {
    vi.advanceTimersByTime(9 * MINUTE)
    await until(() => beats() === 27)
    expect(left).toEqual([])
    vi.advanceTimersByTime(2 * MINUTE)
    await until(() => ended)
    expect(left[0]).toBe(joined[0])
    // The last chunk of a complete body: the stream was not destroyed.
    expect(text.endsWith('0\r\n\r\n')).toBe(true)
    await until(() => live.count() === 0)
  })

  it('is destroyed if the client does not read its end', async () => {
    socket.pause()
    const frames = toFrames(`data: ${'x'.repeat(64 * 1024)}\n\n`)
    // The socket buffers take some of it. Stop when they are full, but before the limit of unread bytes.
    for (let i = 0; i < 3; i += 1) joined[0]?.send(frames)
    await until(() => live.count() === 1)
    vi.advanceTimersByTime(12 * MINUTE)
    await until(() => live.count() === 0)
    expect(left[0]).toBe(joined[0])
  })

  it('is written without chunks to an HTTP/1.0 client', async () => {
    const old = createConnection(socket.remotePort ?? 0, '127.0.0.1')
    let received = ''
    old.on('data', (part) => (received += part.toString()))
    old.write(`GET ${paths.live()}?cells=13/1/1 HTTP/1.0\r\n\r\n`)
    await until(() => joined.length === 2 && received.includes('retry:'))
    joined[1]?.send(toFrames('data: 1\n\n'))
    await until(() => received.endsWith('\r\n\r\nretry: 2000\n\ndata: 1\n\n'))
    expect(received).not.toMatch(/transfer-encoding/i)
    const closed = once(old, 'close')
    live.drain()
    await closed
    expect(received.endsWith('retry: 1000\n\n')).toBe(true)
  })

  it('is removed when the client disconnects', async () => {
    expect(live.count()).toBe(1)
    socket.destroy()
    await until(() => live.count() === 0)
    expect(left[0]).toBe(joined[0])
  })

  it('is destroyed if the client does not keep up', async () => {
    socket.pause()
    const frames = toFrames(`data: ${'x'.repeat(64 * 1024)}\n\n`)
    let sent = 0
    await until(() => {
      joined[0]?.send(frames)
      sent += 1
      return live.count() === 0
    })
    expect(left[0]).toBe(joined[0])
    expect(sent * frames.text.length).toBeGreaterThan(256 * 1024)
    expect(await metrics.registry.getSingleMetricAsString('kickstand_live_cut_total')).toMatch(
      /kickstand_live_cut_total [1-9]/,
    )
    socket.resume()
    await once(socket, 'close')
  })

  it('ends when the service stops, and asks its client to reconnect after a random delay', async () => {
    live.drain()
    await until(() => ended)
    expect(text).toMatch(/retry: 1000\n\n\r\n0\r\n\r\n$/)
  })
})
