import { paths, type ZoneBody } from '@kickstand/contract'
import { fakeClock, findRedis, startRedis, type RedisServer } from '@kickstand/testkit'
import { forEachEngine, type TestDatabase } from '@kickstand/testkit/engines'
import { seedZones } from '@kickstand/testkit/seed-zones'
import { startTestService, type TestService } from '@kickstand/testkit/start-service'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectProblem } from './support/expect-problem.ts'

const ZONE = 'zone000001'
const PROXIED = { KICKSTAND_TRUSTED_PROXIES: '127.0.0.1' }
const report = { zoneId: ZONE, kind: 'count', count: 3 }
const SOON = { timeout: 10_000, interval: 20 }

describe.skipIf(findRedis() === null)('with Redis', () => {
  forEachEngine((engine) => {
    let redis: RedisServer
    let database: TestDatabase
    const servers: TestService[] = []

    async function addServer(env: Record<string, string>, tailEveryMs: number): Promise<TestService> {
      const clock = fakeClock()
      const one = await startTestService({
        url: database.url,
        clock: clock.now,
        tailEveryMs,
        env: { ...PROXIED, KICKSTAND_REDIS_URL: redis.url, ...env },
      })
      servers.push(one)
      await expect.poll(() => one.service.context.redis?.isUp(), SOON).toBe(true)
      return one
    }
    const reportsAt = async (server: TestService): Promise<number> =>
      ((await (await server.get(paths.zone(ZONE))).json()) as ZoneBody).availability.reports

    beforeAll(async () => {
      redis = await startRedis()
      database = await engine.open()
    })
    afterAll(async () => {
      for (const server of servers) await server.stop()
      await redis.stop()
      await database.dispose()
    })

    it('wakes the tails of other servers, counts limits together, and is not needed for either', async () => {
      const limits = { KICKSTAND_RATE_LIMIT: '40', KICKSTAND_DEVICE_LIMIT: '3' }
      // Only a wake-up can make the first hear of the second within the test; the third looks by itself.
      const sleeper = await addServer(limits, 3_600_000)
      const second = await addServer(limits, 3_600_000)
      const looker = await addServer({}, 100)
      await seedZones(second.service.context.eventLog, [{ id: ZONE }])
      for (const { service } of servers) await service.context.tail.catchUp()

      const device = { authorization: 'Bearer device-secret-of-rider-number-1' }
      expect((await second.post(paths.reports(), report, device)).status).toBe(201)
      await expect.poll(() => reportsAt(sleeper), SOON).toBe(1)

      const from = { 'x-forwarded-for': '2001:db8:1:2::7' }
      for (const server of [sleeper, second]) {
        for (let i = 0; i < 20; i += 1) expect((await server.get(paths.sources(), from)).status).toBe(200)
      }
      // Another address of the same /64 meets the limit that both have counted.
      const neighbour = { 'x-forwarded-for': '2001:db8:1:2:9::1' }
      await expect.poll(async () => (await sleeper.get(paths.sources(), neighbour)).status, SOON).toBe(429)
      await expect.poll(async () => (await second.get(paths.sources(), neighbour)).status, SOON).toBe(429)
      expect((await second.get(paths.sources(), { 'x-forwarded-for': '2001:db8:1:3::7' })).status).toBe(200)

      for (let i = 0; i < 2; i += 1) {
        const other = { ...device, 'x-forwarded-for': `198.51.100.${i}` }
        expect((await second.post(paths.reports(), { ...report, count: 4 + i }, other)).status).toBe(201)
      }
      const refused = await second.post(paths.reports(), report, { ...device, 'x-forwarded-for': '198.51.100.9' })
      expect((await expectProblem(refused, 429, 'rate-limited')).detail).toContain('your device')

      await redis.stop()
      await expect.poll(() => second.service.context.redis?.isUp(), SOON).toBe(false)
      const ready = (await (await second.get(paths.readyz())).json()) as { checks: Record<string, string> }
      expect(ready.checks['redis']).toBe('unreachable')
      const before = await reportsAt(looker)
      const later = { authorization: 'Bearer device-secret-of-rider-number-2' }
      expect((await second.post(paths.reports(), report, later)).status).toBe(201)
      await expect.poll(() => reportsAt(looker), SOON).toBeGreaterThan(before)

      redis = await startRedis(Number(new URL(redis.url).port))
      await expect.poll(() => second.service.context.redis?.isUp(), SOON).toBe(true)
      const last = { authorization: 'Bearer device-secret-of-rider-number-3' }
      const seen = await reportsAt(sleeper)
      expect((await second.post(paths.reports(), report, last)).status).toBe(201)
      await expect.poll(() => reportsAt(sleeper), SOON).toBeGreaterThan(seen)
    })
  })
})
