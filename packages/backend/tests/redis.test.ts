import { paths, type ZoneBody } from '@kickstand/contract'
import { AN_ACTOR, fakeClock, findRedis, startRedis, type RedisServer } from '@kickstand/testkit'
import { forEachEngine, type TestDatabase } from '@kickstand/testkit/engines'
import { seedZones } from '@kickstand/testkit/seed-zones'
import { startTestService, type TestService } from '@kickstand/testkit/start-service'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFeedKey, sleep } from '#index.ts'
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
    let asked = 0
    /** Each time from another address, so that no limit is reached. */
    async function reportsAt(server: TestService): Promise<number> {
      asked += 1
      const answer = await server.get(paths.zone(ZONE), { 'x-forwarded-for': `10.0.${asked >> 8}.${asked & 255}` })
      return ((await answer.json()) as ZoneBody).availability.reports
    }

    beforeAll(async () => {
      redis = await startRedis()
      database = await engine.open()
    })
    afterAll(async () => {
      for (const server of servers) await server.stop()
      await redis.stop()
      await database.dispose()
    })

    it('wakes the tails of other servers and shares rate limits, and is required for neither', async () => {
      const limits = {
        KICKSTAND_LIMIT_REQUESTS_PER_ADDRESS: '40',
        KICKSTAND_LIMIT_REPORTS_PER_RIDER: '3',
        KICKSTAND_LIMIT_BATCHES_PER_FEED_KEY: '30',
      }
      // Within the test, the first server can only see the second's events by a wake-up; the third polls.
      const sleeper = await addServer(limits, 3_600_000)
      const second = await addServer(limits, 3_600_000)
      const looker = await addServer({}, 100)
      await seedZones(second.service.context.eventLog, [{ id: ZONE }])
      for (const { service } of servers) await service.context.tail.catchUp()

      /**
       * Whether the first server sees a report to the second. It retries, because a new connection may not be
       * subscribed yet.
       */
      async function isHeardOf(): Promise<boolean> {
        const seen = await reportsAt(sleeper)
        asked += 1
        const rider = {
          authorization: `Bearer device-secret-of-one-more-rider-${asked}`,
          'x-forwarded-for': `10.1.${asked >> 8}.${asked & 255}`,
        }
        expect((await second.post(paths.reports(), report, rider)).status).toBe(201)
        await sleep(50)
        return (await reportsAt(sleeper)) > seen
      }

      const device = { authorization: 'Bearer device-secret-of-rider-number-1' }
      expect((await second.post(paths.reports(), report, device)).status).toBe(201)
      await expect.poll(isHeardOf, SOON).toBe(true)

      const from = { 'x-forwarded-for': '2001:db8:1:2::7' }
      for (const server of [sleeper, second]) {
        for (let i = 0; i < 20; i += 1) expect((await server.get(paths.sources(), from)).status).toBe(200)
      }
      // Another address of the same /64 exceeds the shared limit.
      const neighbour = { 'x-forwarded-for': '2001:db8:1:2:9::1' }
      await expect.poll(async () => (await sleeper.get(paths.sources(), neighbour)).status, SOON).toBe(429)
      await expect.poll(async () => (await second.get(paths.sources(), neighbour)).status, SOON).toBe(429)
      expect((await second.get(paths.sources(), { 'x-forwarded-for': '2001:db8:1:3::7' })).status).toBe(200)

      for (let i = 0; i < 2; i += 1) {
        const other = { ...device, 'x-forwarded-for': `198.51.100.${i}` }
        expect((await second.post(paths.reports(), { ...report, count: 4 + i }, other)).status).toBe(201)
      }
      const rejected = await second.post(paths.reports(), report, { ...device, 'x-forwarded-for': '198.51.100.9' })
      expect((await expectProblem(rejected, 429, 'rate-limited')).detail).toContain('Your device')

      const deps = { ...second.service.context.database, clock: Date.now, actor: AN_ACTOR }
      const { key } = await createFeedKey(deps, 'sensors', 'test')
      const readings = [{ zoneId: ZONE, kind: 'full', at: new Date(fakeClock().now()).toISOString() }]
      const send = async (server: TestService): Promise<string | null> => {
        const headers = { authorization: `Bearer ${key}`, 'x-forwarded-for': '203.0.113.9' }
        const answer = await server.post(paths.feedReadings('sensors'), { readings }, headers)
        expect(answer.status).toBe(200)
        return answer.headers.get('ratelimit')
      }
      for (let sent = 1; sent <= 5; sent += 1) expect(await send(second)).toBe(`"key";r=${30 - sent};t=60`)
      let here = 0
      const isCountedTogether = async (): Promise<boolean> => {
        here += 1
        return (await send(sleeper)) === `"key";r=${30 - 5 - here};t=60`
      }
      await expect.poll(isCountedTogether, { ...SOON, interval: 250 }).toBe(true)

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
      await expect.poll(isHeardOf, SOON).toBe(true)
    })
  })
})
