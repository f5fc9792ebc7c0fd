import { createServer, type ServerResponse } from 'node:http'
import { seededRandom } from '@kickstand/testkit'
import { afterEach, describe, expect, it } from 'vitest'
import { createArrivals } from './arrivals.ts'
import { clockMs, startListeners } from './listeners.ts'
import { cellsAround } from './place-streams.ts'
import { createReadZones, createStreamReader } from './stream-reader.ts'

const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n'
const chunk = (text: string): string => `${text.length.toString(16)}\r\n${text}\r\n`
const figures = (...ids: string[]): string =>
  `id: 1\nevent: availability\ndata: {"zones":[${ids.map((id) => `{"id":"${id}","availability":{}}`).join()}]}\n\n`

describe('the reader of a stream', () => {
  it('reads the same zones however the response is split', () => {
    const zonesOnly = 'id: 1\nevent: zones\ndata: {"ids":["not-a-figure"]}\n\n'
    const parts = ['retry: 2000\n\n', figures('a', 'b'), ': still here\n\n', zonesOnly + figures('c'), figures()]
    // One message in two chunks, and a chunk with the end of one and the start of another.
    const [d, e] = [figures('d'), figures('e')]
    const body = [...parts, d.slice(0, 30), d.slice(30) + e.slice(0, 50), e.slice(50)].map(chunk).join('')
    const bytes = Buffer.from(HEAD + body)
    const random = seededRandom(4)
    for (const most of [1, 3, 17, 200, bytes.length]) {
      const received: string[] = []
      const reader = createStreamReader(createReadZones(), (zones) => void received.push(...zones))
      const shared = Buffer.alloc(bytes.length)
      for (let at = 0; at < bytes.length;) {
        const length = Math.min(bytes.length - at, 1 + Math.floor(random() * most))
        bytes.copy(shared, 0, at, at + length)
        reader.read(shared.subarray(0, length))
        at += length
      }
      expect(received).toEqual(['a', 'b', 'c', 'd', 'e'])
    }
  })

  it('rejects responses that are not a stream', () => {
    const reader = () => createStreamReader(createReadZones(), () => undefined)
    expect(() => reader().read(Buffer.from('HTTP/1.1 503 Service Unavailable\r\n\r\n'))).toThrow(/503/)
    expect(() => reader().read(Buffer.from(`${HEAD}event: availability\n\n\r\n`))).toThrow(/length of a chunk/)
  })
})

describe('arrivals of changes', () => {
  const changes = [
    { zoneId: 'a', cell: 1 },
    { zoneId: 'b', cell: 2 },
  ]

  it('counts each change for each stream of its cell, by its first arrival', () => {
    const arrivals = createArrivals([[1], [1, 2], [3]], changes, 1000)
    arrivals.record(0, 'a', 1110)
    arrivals.record(0, 'a', 1999)
    arrivals.record(1, 'a', 1130)
    arrivals.record(1, 'other', 1500)
    expect(arrivals.figures([1100, 1200])).toEqual({ expected: 3, missed: 1, p50: 20, p95: 29, p99: 29.8, max: 30 })
  })

  it('throws where the result would be ambiguous', () => {
    const early = createArrivals([[1]], changes, 0)
    early.record(0, 'a', 5)
    expect(() => early.figures([50, 60])).toThrow(/before its report/)
    expect(() => createArrivals([[1]], [changes[0], changes[0]], 0)).toThrow(/twice/)
  })
})

it('a rider’s cells are those within two kilometres', () => {
  expect(cellsAround(0.02, 0.02)).toHaveLength(1)
  expect(cellsAround(0.001, 0.001)).toHaveLength(4)
  expect(cellsAround(60, 0.02).length).toBeGreaterThan(3)
})

describe('the listening process', () => {
  const STREAMS = 200
  const stops: (() => void)[] = []
  afterEach(() => {
    for (const stop of stops.splice(0)) stop()
  })

  it('reads every stream, and counts missed changes and broken streams', { timeout: 30_000 }, async () => {
    const answers: ServerResponse[] = []
    const server = createServer((_request, answer) => {
      answer.write('retry: 2000\n\n')
      answers.push(answer)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const listeners = startListeners()
    stops.push(
      () => listeners.stop(),
      () => server.closeAllConnections(),
      () => server.close(),
    )
    const address = server.address()
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0
    const changes = [{ zoneId: 'a', cell: 7 }]
    await listeners.open(
      port,
      Array.from({ length: STREAMS }, () => [7]),
      changes,
    )
    expect(answers).toHaveLength(STREAMS)
    const sentAt = clockMs()
    const [broken, leftOut, ...others] = answers
    leftOut?.write(figures('b'))
    for (const answer of others) answer.write(figures('a'))
    broken?.destroy()
    await expect
      .poll(() => listeners.count([sentAt]), { timeout: 10_000 })
      .toMatchObject({ expected: STREAMS, missed: 2, ended: 1, messages: STREAMS - 1 })
    await listeners.close()
  })
})
