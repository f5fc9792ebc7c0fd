import { fastify } from 'fastify'
import { describe, expect, it } from 'vitest'
import { requireSameOrigin } from './same-origin.ts'

const PUBLIC = 'https://parking.example'

/** Whether a request with these headers to `host` passes. */
async function passes(
  headers: Record<string, string>,
  publicOrigin = PUBLIC,
  host = 'parking.example',
): Promise<boolean> {
  const app = fastify()
  app.post('/write', (request) => {
    requireSameOrigin(request, publicOrigin)
    return 'done'
  })
  const { statusCode } = await app.inject({ method: 'POST', url: '/write', headers: { host, ...headers } })
  await app.close()
  return statusCode === 200
}

describe('a write', () => {
  it.each<[string, Record<string, string>]>([
    ['of a client that is no browser', {}],
    ['of a page of this server', { origin: PUBLIC, 'sec-fetch-site': 'same-origin' }],
    ['of the person, from the address bar', { 'sec-fetch-site': 'none' }],
    ['of a page of this server, by a browser without Sec-Fetch-Site', { origin: PUBLIC }],
  ])('%s passes', async (_, headers) => {
    expect(await passes(headers)).toBe(true)
  })

  it.each<[string, Record<string, string>]>([
    ['of another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['of another site that hides its origin', { 'sec-fetch-site': 'cross-site' }],
    ['of another site, by a browser without Sec-Fetch-Site', { origin: 'https://evil.example' }],
    [
      'of a neighbour on the same registrable domain',
      { origin: 'https://x.parking.example', 'sec-fetch-site': 'same-site' },
    ],
    [
      'of a neighbour that a browser calls the same origin',
      { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
    ],
    ['of a sandboxed frame', { origin: 'null' }],
    ['with an origin that is no address', { origin: 'parking.example' }],
    ['with an origin that only begins like this server', { origin: 'https://parking.example.evil.example' }],
    [
      'of the same host without TLS, through a proxy',
      { origin: 'http://parking.example', 'x-forwarded-proto': 'https' },
    ],
    ['of another port', { origin: 'https://parking.example:8443' }],
  ])('%s is rejected', async (_, headers) => {
    expect(await passes(headers)).toBe(false)
  })

  it('without a configured address is compared with the host of the request', async () => {
    expect(await passes({ origin: 'http://localhost:4242' }, '', 'localhost:4242')).toBe(true)
    expect(await passes({ origin: 'http://localhost:4243' }, '', 'localhost:4242')).toBe(false)
    expect(await passes({ origin: 'https://localhost:4242' }, '', 'localhost:4242')).toBe(false)
    const behindTls = { origin: 'https://city.example', 'x-forwarded-proto': 'https' }
    expect(await passes(behindTls, '', 'city.example')).toBe(true)
    expect(await passes({ ...behindTls, origin: 'http://city.example' }, '', 'city.example')).toBe(false)
  })
})
