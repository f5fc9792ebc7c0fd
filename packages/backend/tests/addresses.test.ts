import { once } from 'node:events'
import { request, type IncomingHttpHeaders } from 'node:http'
import { text } from 'node:stream/consumers'
import { forEachEngine } from '@kickstand/testkit/engines'
import { startTestService } from '@kickstand/testkit/start-service'
import { describe, expect, it } from 'vitest'
import { useService } from './support/use-service.ts'

type Answer = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: string }

/** Does not use `fetch`, which would normalize the URL. */
async function ask(
  url: string,
  address: string,
  method = 'GET',
  headers: Record<string, string> = {},
): Promise<Answer> {
  const { hostname, port } = new URL(url)
  const asked = request({ hostname, port, path: address, method, headers, agent: false })
  asked.end()
  const [answer] = await once(asked, 'response')
  return { status: answer.statusCode, headers: answer.headers, body: await text(answer) }
}

const codeOf = ({ body }: Answer): string => (JSON.parse(body) as { code: string }).code

/** URLs whose percent escapes are not valid UTF-8. */
const UNREADABLE = [
  '/%zz',
  '/%',
  '/a%2',
  '/%c0%af',
  '/v1/zones/%E0%A4%A',
  '/docs/static/%ff',
  '/ogc/%80',
  '/assets/%zz.js?a=%41',
]

/** Names that no file can have. */
const NO_FILES = [
  '/docs/static/../x',
  '/docs/static/../../package.json',
  '/docs/static/..%2f..%2fpackage.json',
  '/docs/static/%2e%2e/%2e%2e/etc/passwd',
  '/docs/static/a%00b',
  '/docs/static/%00',
  '/docs/static//a',
  '/docs/static/./a',
  '/docs/static/a/',
  '/docs/static/a%5cb',
  `/docs/static/${'a'.repeat(300)}`,
  `/docs/static/${'a'.repeat(5_000)}.css`,
  `/docs/static/${'a/'.repeat(2_000)}`,
  `/docs/${'a'.repeat(5_000)}`,
  `/${'a'.repeat(5_000)}`,
  `/assets/${'a'.repeat(5_000)}.js`,
  '/assets/../../package.json',
]

forEachEngine((engine) => {
  describe('addresses', () => {
    const at = useService(engine)

    const named = NO_FILES.map((address) => [
      address.length < 60 ? address : `${address.slice(0, 20)}… of ${address.length} characters`,
      address,
    ])
    it.each(named)('that no file can have answer 404: %s', async (_name, address = '') => {
      for (const method of ['GET', 'HEAD']) {
        const answer = await ask(at().url, address, method)
        expect([method, answer.status, answer.headers['x-content-type-options']]).toEqual([method, 404, 'nosniff'])
        if (method === 'GET') expect(codeOf(answer)).toBe('not-found')
      }
    })

    it('with a name that is too long are rejected, never with a 5xx', async () => {
      for (const address of [
        '/v1/zones/',
        '/v1/photos/',
        '/v1/feeds/',
        '/ogc/collections/zones/items/',
        '/v1/tiles/zones/',
      ]) {
        for (const length of [201, 5_000, 12_000]) {
          const { status, headers } = await ask(at().url, address + 'a'.repeat(length))
          expect([address, length, status >= 400 && status < 500]).toEqual([address, length, true])
          expect(headers['x-content-type-options']).toBe('nosniff')
        }
      }
    })

    it('that cannot be decoded are answered and counted like others', async () => {
      const counted = async (): Promise<number> => {
        const metrics = await at().service.context.metrics.registry.getSingleMetricAsString(
          'kickstand_http_request_seconds',
        )
        const line = /_count\{[^}]*route="\/\.unreadable-address",status="4xx"\} (\d+)/g
        return [...metrics.matchAll(line)].reduce((sum, [, count]) => sum + Number(count), 0)
      }
      const before = await counted()
      for (const address of UNREADABLE) {
        for (const [method, headers] of [
          ['GET', { accept: 'text/html' }],
          ['POST', { 'content-type': 'application/json' }],
        ] as const) {
          const answer = await ask(at().url, address, method, headers)
          expect([address, answer.status, codeOf(answer)]).toEqual([address, 400, 'invalid-request'])
          expect(answer.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' })
        }
      }
      expect((await counted()) - before).toBe(2 * UNREADABLE.length)
    })
  })
})

it('requests for URLs that cannot be decoded are rate-limited per client address', async () => {
  const service = await startTestService({
    url: 'sqlite::memory:',
    env: { KICKSTAND_LIMIT_REQUESTS_PER_ADDRESS: '5', KICKSTAND_TRUSTED_PROXIES: '127.0.0.1' },
  })
  const from = (address: string): Promise<Answer> => ask(service.url, '/%zz', 'GET', { 'x-forwarded-for': address })
  const statuses: number[] = []
  for (let i = 0; i < 7; i += 1) statuses.push((await from('192.0.2.1')).status)
  expect(statuses).toEqual([400, 400, 400, 400, 400, 429, 429])
  expect((await from('192.0.2.2')).status).toBe(400)
  await service.stop()
})

it('/docs loads over plain HTTP on any host name, and contacts no other host', async () => {
  const service = await startTestService({ url: 'sqlite::memory:' })
  const page = await ask(service.url, '/docs', 'GET', { host: 'parking.lan:4242' })
  expect(page.status).toBe(200)
  const policy = String(page.headers['content-security-policy'])
  expect(policy).toContain("default-src 'self'")
  for (const directive of policy.split(';').map((one) => one.trim())) {
    expect(directive).toMatch(/^[a-z-]+( ('self'|'none'|'unsafe-inline'|data:))+$/)
  }
  const loaded = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address = '']) => address)
  expect(loaded.length).toBeGreaterThan(4)
  for (const address of loaded) {
    expect(address).toMatch(/^\/docs\//)
    expect([address, (await ask(service.url, address)).status]).toEqual([address, 200])
  }
  expect((await ask(service.url, '/docs/static/swagger-initializer.js')).body).toContain('validatorUrl: null')
  await service.stop()
})
