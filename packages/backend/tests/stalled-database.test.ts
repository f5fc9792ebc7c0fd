import { createEventLog, newId, openDatabase, sleep, systemClock } from '@kickstand/backend'
import { paths } from '@kickstand/contract'
import { findMariadb, freshDatabase, startMariadb, type Mariadb } from '@kickstand/testkit'
import { seedZones } from '@kickstand/testkit/seed-zones'
import { startTestService, type TestService } from '@kickstand/testkit/start-service'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const STALLED_MS = 20_000
const CLIENTS = 16
const ZONES = Array.from({ length: 5 }, (_, i) => ({ id: `zone00000${i}`, capacity: 50 }))

describe.skipIf(findMariadb() === null)('a database that stands still for 20 s', () => {
  let server: Mariadb
  let url: string
  let service: TestService

  beforeAll(async () => {
    server = await startMariadb()
    url = (await freshDatabase(server.url)).url
    const database = await openDatabase(url, systemClock)
    await seedZones(createEventLog(database, systemClock, newId(), sleep), ZONES)
    await database.close()
    service = await startTestService({ url: `${url}?connect-seconds=3&statement-seconds=4` })
  })
  afterAll(async () => {
    await service.stop()
    await server.stop()
  })

  type Answer = {
    readonly status: number
    readonly retryAfter: string | null
    readonly tookMs: number
    readonly id?: string
  }

  async function report(i: number): Promise<Answer> {
    const begun = performance.now()
    const answer = await service.post(
      paths.reports(),
      { zoneId: ZONES[i % ZONES.length]?.id, kind: 'count', count: i % 50 },
      { 'idempotency-key': `key-${i}`, authorization: `Bearer device-secret-of-rider-number-${i}` },
    )
    const body = (await answer.json()) as { report?: { id: string } }
    const retryAfter = answer.headers.get('retry-after')
    const told = { status: answer.status, retryAfter, tookMs: performance.now() - begun }
    return body.report === undefined ? told : { ...told, id: body.report.id }
  }

  it(
    'reads go on, reports wait within their limit or get 503, nothing is lost or doubled',
    { timeout: 180_000 },
    async () => {
      const taken = new Map<number, string>()
      const refused: Answer[] = []
      let isStalled = true
      let next = 0
      /** A phone: the same report with the same key until it is taken. */
      async function client(): Promise<void> {
        while (isStalled || next < 200) {
          const i = (next += 1)
          for (;;) {
            const answer = await report(i)
            if (answer.id !== undefined) {
              taken.set(i, answer.id)
              break
            }
            refused.push(answer)
            await sleep(300)
          }
        }
      }
      const clients = Array.from({ length: CLIENTS }, client)
      await sleep(300)
      server.freeze()
      const until = performance.now() + STALLED_MS
      const reads: number[] = []
      while (performance.now() < until) {
        const begun = performance.now()
        const statuses = await Promise.all([
          service.get(`${paths.nearby()}?lat=37.79&lng=-122.4`).then(({ status }) => status),
          service.get(paths.zone(ZONES[0].id)).then(({ status }) => status),
          service.get(paths.healthz()).then(({ status }) => status),
          service.get(paths.readyz()).then(({ status }) => status),
        ])
        reads.push(performance.now() - begun)
        expect(statuses).toEqual([200, 200, 200, 200])
        await sleep(200)
      }
      server.thaw()
      isStalled = false
      await Promise.all(clients)

      expect(Math.max(...reads), 'health and reads are answered while it stands still').toBeLessThan(5_000)
      expect(refused.length, 'some were told to come again').toBeGreaterThan(0)
      for (const { status, retryAfter, tookMs } of refused) {
        expect([503, 409]).toContain(status)
        if (status === 503) expect(Number(retryAfter)).toBeGreaterThan(0)
        expect(tookMs).toBeLessThan(20_000)
      }
      const check = await openDatabase(url, systemClock)
      const rows = await check.db.selectFrom('reports').select(['id', 'idempotency']).execute()
      await check.close()
      expect(rows.map(({ id }) => id).toSorted()).toEqual([...taken.values()].toSorted())
      expect(taken.size).toBeGreaterThanOrEqual(200)
      expect((await service.get(paths.readyz())).status).toBe(200)
    },
  )
})
