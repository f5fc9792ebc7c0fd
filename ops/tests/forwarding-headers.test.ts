import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, request as requestPlain, type IncomingHttpHeaders, type Server } from 'node:http'
import { request as requestTls } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { everythingRequired } from '@kickstand/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { authorityIn, startBalancer } from '../src/parts/balancer.ts'
import { startCdn } from '../src/parts/cdn.ts'
import { processesOf, end } from '../src/processes.ts'
import { missingPackages } from '../src/programs.ts'
import type { Part, State } from '../src/state.ts'

const FOREIGN = 'attacker.example'
const MINUTE = 60_000

/** Headers about the requested address that a client may send. None may reach an app server. */
const DROPPED = [
  'forwarded',
  'x-forwarded-host',
  'x-forwarded-port',
  'x-forwarded-prefix',
  'x-forwarded-proto',
  'x-forwarded-scheme',
  'x-forwarded-server',
  'x-forwarded-ssl',
  'x-host',
  'x-http-host-override',
  'x-http-method-override',
  'x-original-host',
  'x-original-method',
  'x-original-uri',
  'x-original-url',
  'x-rewrite-host',
  'x-rewrite-uri',
  'x-rewrite-url',
]

const missing = missingPackages({ database: 'mariadb', cdn: true })

describe.skipIf(missing.length > 0 && !everythingRequired())('the shipped proxies', { timeout: MINUTE }, () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'ks-proxies-'))
  const parts: Part[] = []
  const received: IncomingHttpHeaders[] = []
  let recorder: Server

  /** Stands in for the app servers and records the headers that it receives. */
  beforeAll(async () => {
    recorder = createServer((asked, answer) => {
      if (asked.url !== '/readyz') received.push(asked.headers)
      answer.setHeader('cache-control', 'no-store').end('{}')
    }).listen(0, '127.0.0.1')
    await once(recorder, 'listening')
    const address = `http://127.0.0.1:${(recorder.address() as AddressInfo).port}`
    const state: State = { database: 'mariadb', parts: [], serverEnv: {}, authority: authorityIn(folder) }
    const started = (part: Part): void => void parts.push(part)
    const server: Part = { name: 'recorder', kind: 'server', pid: process.pid, address }
    const plain = await startBalancer(folder, 0, [server], state, started)
    parts.push({ name: 'plain', kind: 'balancer', pid: 0, address: `http://127.0.0.1:${plain}` })
    await startCdn(folder, 0, plain, state, started)
  }, MINUTE)

  afterAll(async () => {
    await end(folder, processesOf(folder), 10_000)
    recorder.closeAllConnections()
    recorder.close()
    rmSync(folder, { recursive: true, force: true })
  }, MINUTE)

  async function ask(part: string, where: string, headers: Record<string, string | string[]>): Promise<number> {
    const { address } = parts.find(({ name }) => name === part) as Part
    const options = { headers, agent: false }
    const asked = address.startsWith('https:')
      ? requestTls(address + where, { ...options, ca: readFileSync(authorityIn(folder)) })
      : requestPlain(address + where, options)
    asked.end()
    const [answer] = await once(asked, 'response')
    answer.resume()
    return answer.statusCode
  }

  describe.each(['varnish', 'plain', 'caddy'])('%s', (part) => {
    it.each(DROPPED)('drops %s of a client', async (name) => {
      for (const where of ['/ogc', '/v1/live?cells=13/0/0', '/v1/zones/nearby', '/']) {
        received.length = 0
        const status = await ask(part, where, { [name]: FOREIGN })
        expect([where, status, received.length]).toEqual([where, 200, 1])
        expect(JSON.stringify(received)).not.toContain(FOREIGN)
      }
    })

    it('sends only http or https as X-Forwarded-Proto, whatever a client sends', async () => {
      for (const protocol of ['javascript', 'https, evil', 'HTTPS', '', 'http/1.1', 'httpsx']) {
        received.length = 0
        await ask(part, '/ogc', { 'x-forwarded-proto': protocol })
        expect([protocol, received.map((headers) => headers['x-forwarded-proto'])]).toEqual([
          protocol,
          [expect.stringMatching(/^https?$/)],
        ])
      }
    })
  })
})
