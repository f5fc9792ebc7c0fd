import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openDatabase, systemClock } from '@kickstand/backend'
import { paths } from '@kickstand/contract'
import { AN_ACTOR, freePort, serviceEnvironment } from '@kickstand/testkit'
import { forEachEngine } from '@kickstand/testkit/engines'
import { seedZones } from '@kickstand/testkit/seed-zones'
import { SERVER_MAIN } from '@kickstand/testkit/spawn-service'
import { startTestService, testSettings } from '@kickstand/testkit/start-service'
import { afterAll, describe, expect, it } from 'vitest'
import { createFeedKey } from '#index.ts'
import { expectProblem } from './support/expect-problem.ts'
import { useService } from './support/use-service.ts'

const ZONE = 'zone000001'

forEachEngine((engine) => {
  it('a service that stops completes requests in progress and frees its port', async () => {
    const database = await engine.open()
    const service = await startTestService({ url: database.url })
    await seedZones(service.service.context.eventLog, [{ id: ZONE }])
    await service.service.context.tail.catchUp()
    const statuses: number[] = []
    const reports = Array.from({ length: 60 }, (_, i) =>
      service.post(paths.reports(), { zoneId: ZONE, kind: 'count', count: i }).then(
        ({ status }) => void statuses.push(status),
        () => undefined,
      ),
    )
    await expect.poll(() => statuses.length, { interval: 1, timeout: 30_000 }).toBeGreaterThan(0)
    await Promise.all([service.stop(), service.stop()])
    await Promise.all(reports)
    const { db, close } = await openDatabase(database.url, systemClock)
    const rows = await db.selectFrom('reports').select('id').execute()
    expect(statuses.filter((status) => status === 201)).toHaveLength(rows.length)
    await expect(service.get(paths.healthz())).rejects.toThrow('fetch failed')
    await close()
    await database.dispose()
  })

  it(
    'the server exits 0 on a signal, after printing its address and its number of zones',
    { timeout: 120_000 },
    async () => {
      const database = await engine.openEmpty()
      const port = await freePort()
      const env = serviceEnvironment({ ...testSettings(database.url), KICKSTAND_PORT: String(port) })
      const server = spawn(process.execPath, [SERVER_MAIN], { env, stdio: ['ignore', 'pipe', 'pipe'] })
      let [output, errors] = ['', '']
      server.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
      server.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
      await expect.poll(() => output, { timeout: 60_000 }).toContain('Kickstand is ready')
      expect(output).toContain(`http://127.0.0.1:${port}`)
      expect(output).toContain('0 zones')
      expect(output).toContain('npx kickstand import FILE')
      server.kill('SIGTERM')
      const [code] = (await once(server, 'close')) as [number | null]
      expect([code, errors]).toEqual([0, ''])
      await database.dispose()
    },
  )
})

forEachEngine((engine) => {
  describe('limits', () => {
    const at = useService(engine, {
      zones: [{ id: ZONE }],
      env: {
        KICKSTAND_LIMIT_REQUESTS_PER_ADDRESS: '30',
        KICKSTAND_LIMIT_REPORTS_PER_ADDRESS: '4',
        KICKSTAND_LIMIT_REPORTS_PER_RIDER: '5',
        KICKSTAND_LIMIT_BATCHES_PER_FEED_KEY: '2',
        KICKSTAND_TRUSTED_PROXIES: '127.0.0.1',
      },
    })
    const from = (address: string): Record<string, string> => ({ 'x-forwarded-for': address })

    it('reports are limited per address and minute, without an effect on other addresses', async () => {
      const report = { zoneId: ZONE, kind: 'arrived' }
      for (let left = 3; left >= 0; left -= 1) {
        const answer = await at().post(paths.reports(), report, from('198.51.100.1'))
        expect([answer.status, answer.headers.get('ratelimit')]).toEqual([201, `"reports";r=${left};t=60`])
        expect(answer.headers.get('ratelimit-policy')).toBe('"reports";q=4;w=60')
      }
      const rejected = await at().post(paths.reports(), report, from('198.51.100.1'))
      expect(rejected.headers.get('retry-after')).toBe('60')
      expect((await expectProblem(rejected, 429, 'rate-limited')).detail).toContain('4 requests a minute')
      expect((await at().post(paths.reports(), report, from('198.51.100.2'))).status).toBe(201)
      at().clock.advance(60_000)
      expect((await at().post(paths.reports(), report, from('198.51.100.1'))).status).toBe(201)
    })

    it('reports and undos are limited per rider across all addresses', async () => {
      const rider = { authorization: 'Bearer device-secret-of-rider-number-1' }
      const made = await at().post(
        paths.reports(),
        { zoneId: ZONE, kind: 'left' },
        { ...rider, ...from('203.0.113.1') },
      )
      expect(made.status).toBe(201)
      const { report } = (await made.json()) as { report: { id: string } }
      const undo = (address: string): Promise<Response> =>
        at().delete(paths.report(report.id), { ...rider, ...from(address) })
      for (let left = 3; left >= 0; left -= 1) {
        const undone = await undo(`203.0.113.1${left}`)
        expect([undone.status, undone.headers.get('ratelimit')]).toEqual([204, `"device";r=${left};t=60`])
        expect(undone.headers.get('ratelimit-policy')).toBe('"device";q=5;w=60')
      }
      const rejected = await undo('203.0.113.4')
      expect(rejected.headers.get('retry-after')).toBe('60')
      expect((await expectProblem(rejected, 429, 'rate-limited')).detail).toContain('Your device')
      const other = { authorization: 'Bearer device-secret-of-rider-number-2', ...from('203.0.113.4') }
      expect((await at().post(paths.reports(), { zoneId: ZONE, kind: 'left' }, other)).status).toBe(201)
    })

    it('a token is limited across all addresses, without an effect on other tokens', async () => {
      const deps = { ...at().service.context.database, clock: at().clock.now, actor: AN_ACTOR }
      const [one, other] = await Promise.all(['one', 'other'].map((label) => createFeedKey(deps, 'sensors', label)))
      const send = (key: string, address: string): Promise<Response> =>
        at().post(
          paths.feedReadings('sensors'),
          { readings: [{ zoneId: ZONE, kind: 'full', at: new Date(at().clock.now()).toISOString() }] },
          { authorization: `Bearer ${key}`, ...from(address) },
        )
      for (const left of [1, 0]) {
        const answer = await send(one.key, `192.0.2.${left}`)
        expect([answer.status, answer.headers.get('ratelimit')]).toEqual([200, `"key";r=${left};t=60`])
        expect(answer.headers.get('ratelimit-policy')).toBe('"key";q=2;w=60')
      }
      const rejected = await send(one.key, '192.0.2.9')
      expect(rejected.headers.get('retry-after')).toBe('60')
      expect((await expectProblem(rejected, 429, 'rate-limited')).detail).toContain('Your token')
      expect((await send(other.key, '192.0.2.9')).status).toBe(200)
      at().clock.advance(60_000)
      expect((await send(one.key, '192.0.2.9')).status).toBe(200)
    })

    it('all other routes have a separate limit, except health checks', async () => {
      const answers = []
      for (let i = 0; i < 31; i += 1) answers.push(await at().get(paths.sources(), from('198.51.100.9')))
      expect(answers.map(({ status }) => status)).toEqual([...Array.from({ length: 30 }, () => 200), 429])
      await at().service.context.tail.catchUp()
      expect((await at().get(paths.healthz(), from('198.51.100.9'))).status).toBe(200)
      expect((await at().get(paths.readyz(), from('198.51.100.9'))).status).toBe(200)
    })
  })

  describe('the page and the metrics', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'ks-page-'))
    writeFileSync(path.join(folder, 'index.html'), '<!doctype html><title>Kickstand</title>')
    writeFileSync(path.join(folder, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
    const metricsPort = await freePort()
    const at = useService(engine, { webRoots: { rider: folder }, env: { KICKSTAND_METRICS_PORT: String(metricsPort) } })

    it('routes of the page return the page, with a content security policy; others do not', async () => {
      for (const address of ['/', '/zones/abc']) {
        const page = await at().get(address, { accept: 'text/html' })
        expect([address, page.status]).toEqual([address, 200])
        expect(await page.text()).toContain('<title>Kickstand')
        expect(page.headers.get('content-security-policy')).toContain("script-src 'self'")
        expect(page.headers.get('cache-control')).toBe('no-cache')
      }
      expect((await at().get('/icon.svg')).headers.get('content-type')).toContain('svg')
      await expectProblem(await at().get('/v1/nothing', { accept: 'text/html' }), 404, 'not-found')
      await expectProblem(await at().get('/zones/abc', { accept: 'application/json' }), 404, 'not-found')
      await expectProblem(await at().get('/../../package.json'), 404, 'not-found')
    })

    it('metrics are on a separate port, with route patterns and never with URLs', async () => {
      await at().get('/v1/zones/0000000000000')
      const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text()
      expect(text).toMatch(/^kickstand_zones 0$/m)
      expect(text).toMatch(
        /kickstand_http_request_seconds_count\{method="GET",route="\/v1\/zones\/:id",status="4xx"\} 1/,
      )
      expect(text).not.toContain('0000000000000')
      expect((await at().get('/metrics')).status).toBe(404)
    })

    afterAll(() => rmSync(folder, { recursive: true }))
  })
})
