import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ApiError, failureOf } from './api-error.ts'
import { createClient, type Client } from './create-client.ts'

type Asked = {
  readonly method: string
  readonly url: string
  readonly headers: IncomingMessage['headers']
  body: string
}

const NOW = Date.parse('2026-06-01T12:00:00Z')
const QUERY = { lat: 43.5, lng: 7.25 }

describe('the client, over HTTP', () => {
  const asked: Asked[] = []
  let answer: (response: ServerResponse) => void
  let client: Client
  const server = createServer((request, response) => {
    const { method = '', url = '', headers } = request
    const one: Asked = { method, url, headers, body: '' }
    asked.push(one)
    request.setEncoding('utf8').on('data', (part: string) => (one.body += part))
    request.on('end', () => answer(response))
  })

  beforeAll(async () => {
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const { port } = server.address() as AddressInfo
    client = createClient({ baseUrl: `http://127.0.0.1:${port}`, fetch, now: () => NOW, riderKey: () => 'secret' })
  })
  beforeEach(() => {
    asked.length = 0
    answer = (response) => response.end('{"zones":[]}')
  })
  afterAll(() => void server.close())

  function problem(status: number, body: string, headers: Record<string, string> = {}): void {
    answer = (response) => response.writeHead(status, headers).end(body)
  }

  it('asks for the path and the query of a read, without the key of the rider', async () => {
    expect(await client.getNearby({ ...QUERY, free: ['yes', 'unknown'], vehicle: 'moped' })).toEqual({ zones: [] })
    expect(asked).toMatchObject([
      { method: 'GET', url: '/v1/zones/nearby?lat=43.5&lng=7.25&free=yes%2Cunknown&vehicle=moped' },
    ])
    expect(asked[0]?.headers).not.toHaveProperty('authorization')
  })

  it('leaves out parts of a query that are undefined', async () => {
    await client.getQuestion('zone00000001', { lat: undefined } as object)
    expect(asked[0]?.url).toBe('/v1/zones/zone00000001/questions')
  })

  it('sends a write as JSON with both keys', async () => {
    await client.postReport({ zoneId: 'zone00000001', kind: 'arrived' }, 'key-1')
    expect(asked).toMatchObject([
      {
        method: 'POST',
        url: '/v1/reports',
        headers: { 'idempotency-key': 'key-1', authorization: 'Bearer secret', 'content-type': 'application/json' },
        body: '{"zoneId":"zone00000001","kind":"arrived"}',
      },
    ])
  })

  it('sends a photo as it is', async () => {
    await client.postPhoto('zone00000001', new Blob(['pixels'], { type: 'image/webp' }), 'key-2')
    expect(asked).toMatchObject([{ body: 'pixels', headers: { 'content-type': 'image/webp' } }])
  })

  it('resolves with undefined where there is no content', async () => {
    problem(204, '')
    expect(await client.deleteReport('r1')).toBeUndefined()
    expect(asked).toMatchObject([{ method: 'DELETE', url: '/v1/reports/r1' }])
  })

  it('throws the problem of a rejection, with the time to wait', async () => {
    problem(429, '{"code":"too-many-requests","status":429}', { 'retry-after': '7' })
    const error: unknown = await client.getNearby(QUERY).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(ApiError)
    expect(failureOf(error)).toEqual({
      kind: 'rejected',
      problem: { code: 'too-many-requests', status: 429 },
      retryAfter: 7,
    })
  })

  it.each(['<h1>Bad gateway</h1>', '"text"', 'null', ''])(
    'throws an internal problem for the body %j',
    async (body) => {
      problem(502, body)
      const error: unknown = await client.getNearby(QUERY).catch((caught: unknown) => caught)
      expect(failureOf(error)).toMatchObject({ kind: 'rejected', problem: { code: 'internal', status: 502 } })
    },
  )

  it('counts an aborted request and a cut connection as unreachable', async () => {
    const aborted: unknown = await client.getNearby(QUERY, AbortSignal.abort()).catch((caught: unknown) => caught)
    expect(failureOf(aborted)).toEqual({ kind: 'unreachable' })
    answer = (response) => response.destroy()
    const cut: unknown = await client.getNearby(QUERY).catch((caught: unknown) => caught)
    expect(cut).toBeInstanceOf(ApiError)
    expect(failureOf(cut)).toEqual({ kind: 'unreachable' })
  })

  it("knows the server's time", async () => {
    problem(200, '{}', { date: 'Mon, 01 Jun 2026 12:05:00 GMT' })
    await client.getNearby(QUERY)
    expect(client.serverNow()).toBe(NOW + 300_500)
  })
})
