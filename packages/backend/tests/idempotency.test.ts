import { paths, ReportCreatedSchema, ZoneSchema, type ReportCreatedBody } from '@kickstand/contract'
import { forEachEngine } from '@kickstand/testkit/engines'
import { seedZones } from '@kickstand/testkit/seed-zones'
import { spawnService } from '@kickstand/testkit/spawn-service'
import { startTestService } from '@kickstand/testkit/start-service'
import { openDatabase, systemClock } from '@kickstand/backend'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expectProblem } from './support/expect-problem.ts'
import { expectShape } from './support/expect-shape.ts'
import { useService } from './support/use-service.ts'

const MINUTE = 60_000
const ZONES = ['zone000001', 'zone000002', 'zone000003', 'zone000004'].map((id) => ({ id, capacity: 50 }))
const ZONE = 'zone000001'

const rider = (n: number): Record<string, string> => ({ authorization: `Bearer device-secret-of-rider-number-${n}` })
const key = (name: string): Record<string, string> => ({ 'idempotency-key': name })

async function created(answer: Response): Promise<ReportCreatedBody> {
  const body: unknown = await answer.json()
  expect(answer.status, JSON.stringify(body)).toBe(201)
  return expectShape(ReportCreatedSchema, body)
}

forEachEngine((engine) => {
  describe('one service', () => {
    const at = useService(engine, { zones: ZONES })

    async function rowsOf(zoneId: string): Promise<number> {
      const { db } = at().service.context.database
      return (await db.selectFrom('reports').select('id').where('zone_id', '=', zoneId).execute()).length
    }

    it('returns the same report for the same key, for any number of retries and any order of fields', async () => {
      const headers = { ...rider(1), ...key('same') }
      const answers: Response[] = []
      for (const body of [
        { zoneId: ZONE, kind: 'count', count: 7 },
        { count: 7, kind: 'count', zoneId: ZONE },
        { zoneId: ZONE, kind: 'count', count: 7 },
      ]) {
        answers.push(await at().post(paths.reports(), body, headers))
      }
      expect(answers.map((answer) => answer.headers.get('idempotency-replayed'))).toEqual([null, 'true', 'true'])
      const reports = await Promise.all(answers.map(created))
      expect(new Set(reports.map(({ report }) => report.id)).size).toBe(1)
      expect(await rowsOf(ZONE)).toBe(1)
      expect(reports[2]?.availability.reports).toBe(1)
    })

    it('rejects the key with another report, and stores nothing', async () => {
      const before = await rowsOf(ZONE)
      const other = { zoneId: ZONE, kind: 'count', count: 8 }
      const answer = await at().post(paths.reports(), other, { ...rider(1), ...key('same') })
      await expectProblem(answer, 422, 'idempotency-mismatch')
      expect(await rowsOf(ZONE)).toBe(before)
    })

    it('separates the keys of different riders', async () => {
      const body = { zoneId: ZONE, kind: 'count', count: 7 }
      const [mine, other] = [rider(1), rider(2)].map((who) => ({ ...who, ...key('same') }))
      const ids = await Promise.all(
        [mine, other].map(
          async (headers) => (await created(await at().post(paths.reports(), body, headers))).report.id,
        ),
      )
      expect(new Set(ids).size).toBe(2)
    })

    it('recognises retries of a rider with a cookie', async () => {
      const body = { zoneId: ZONE, kind: 'arrived' }
      const first = await at().post(paths.reports(), body)
      const cookie = first.headers.getSetCookie()[0]?.split(';')[0] ?? ''
      await created(first)
      const { report } = await created(await at().post(paths.reports(), body, { cookie, ...key('first') }))
      const again = await at().post(paths.reports(), body, { cookie, ...key('first') })
      expect(again.headers.getSetCookie()).toEqual([])
      expect((await created(again)).report).toEqual(report)
    })

    it('recognises a retry that would be too old by now', async () => {
      const keyed = { ...rider(1), ...key('slow-network') }
      const body = { zoneId: ZONE, kind: 'left', observedAt: new Date(at().clock.now()).toISOString() }
      const { report } = await created(await at().post(paths.reports(), body, keyed))
      at().clock.advance(31 * MINUTE)
      expect((await created(await at().post(paths.reports(), body, keyed))).report).toEqual(report)
      await expectProblem(
        await at().post(paths.reports(), body, { ...rider(1), ...key('fresh') }),
        422,
        'observed-too-old',
      )
      await expectProblem(await at().post(paths.reports(), { ...body, late: true }, keyed), 422, 'idempotency-mismatch')
    })

    it('recognises a retry after its zone was removed', async () => {
      const id = 'zone000004'
      const headers = { ...rider(1), ...key('gone') }
      const body = { zoneId: id, kind: 'arrived' }
      const { report } = await created(await at().post(paths.reports(), body, headers))
      await seedZones(at().service.context.eventLog, [{ id, status: 'retired' }])
      await at().service.context.tail.catchUp()
      expect((await created(await at().post(paths.reports(), body, headers))).report).toEqual(report)
      await expectProblem(await at().post(paths.reports(), body, rider(1)), 404, 'zone-not-found')
    })

    it('answers one of many concurrent requests with the report, and the others with it or 409', async () => {
      const before = await rowsOf(ZONE)
      const body = { zoneId: ZONE, kind: 'count', count: 1 }
      const headers = { ...rider(3), ...key('race') }
      const answers = await Promise.all(Array.from({ length: 30 }, () => at().post(paths.reports(), body, headers)))
      const ids = new Set<string>()
      for (const answer of answers) {
        if (answer.status === 409) await expectProblem(answer, 409, 'idempotency-in-flight')
        else ids.add((await created(answer)).report.id)
      }
      expect(ids.size).toBe(1)
      expect(answers.some(({ status }) => status === 409)).toBe(true)
      expect(await rowsOf(ZONE)).toBe(before + 1)
    })

    it('counts each key once for any sequence of sent, repeated and interleaved requests', async () => {
      const zoneId = 'zone000002'
      let run = 0
      let stored = 0
      const sent = fc.record({
        rider: fc.nat(1),
        key: fc.nat(3),
        count: fc.nat(1),
        copies: fc.integer({ min: 1, max: 3 }),
      })
      await fc.assert(
        fc.asyncProperty(
          fc.array(sent, { minLength: 1, maxLength: 12 }),
          fc.integer({ min: 1, max: 8 }),
          async (all, width) => {
            run += 1
            const queue = all.flatMap((one) => Array.from({ length: one.copies }, () => one))
            const answers: {
              readonly who: string
              readonly count: number
              readonly status: number
              readonly id: string
            }[] = []
            while (queue.length > 0) {
              const batch = queue.splice(0, width).map(async (one) => {
                const headers = { ...rider(one.rider), ...key(`run-${run}-${one.key}`) }
                const answer = await at().post(paths.reports(), { zoneId, kind: 'count', count: one.count }, headers)
                const body = (await answer.json()) as { report?: { id: string; count: number } }
                if (answer.status === 201) expect(body.report?.count).toBe(one.count)
                const who = `${one.rider} ${one.key}`
                answers.push({ who, count: one.count, status: answer.status, id: body.report?.id ?? '' })
              })
              await Promise.all(batch)
            }
            for (const group of Map.groupBy(answers, ({ who }) => who).values()) {
              const taken = group.filter(({ status }) => status === 201)
              expect(new Set(taken.map(({ id }) => id)).size, 'one report for one key').toBe(1)
              for (const { status, count } of group) {
                if (status === 422) expect(count).not.toBe(taken[0]?.count)
                else expect([201, 409]).toContain(status)
              }
              stored += 1
            }
            expect(await rowsOf(zoneId)).toBe(stored)
          },
        ),
        { numRuns: 30, endOnFailure: true },
      )
      const zone = expectShape(ZoneSchema, await (await at().get(paths.zone(zoneId))).json())
      // The last report of each of the two riders counts.
      expect(zone.availability.reports).toBe(2)
    })
  })

  it('a key is recognised after a restart', async () => {
    const database = await engine.open()
    const body = { zoneId: ZONE, kind: 'count', count: 4 }
    const headers = { ...rider(1), ...key('restart') }
    const ids: string[] = []
    for (let start = 0; start < 2; start += 1) {
      const service = await startTestService({ url: database.url })
      if (start === 0) await seedZones(service.service.context.eventLog, ZONES)
      await service.service.context.tail.catchUp()
      const { report, availability } = await created(await service.post(paths.reports(), body, headers))
      ids.push(report.id)
      expect(availability.reports).toBe(1)
      await service.stop()
    }
    expect(new Set(ids).size).toBe(1)
    await database.dispose()
  })

  it('two servers that receive the same key at the same time store one report and both return it', async () => {
    const place = await engine.open()
    const database = await openDatabase(place.url, systemClock)
    const seeder = await startTestService({ url: place.url })
    await seedZones(seeder.service.context.eventLog, ZONES)
    await seeder.stop()
    const servers = await Promise.all([spawnService(place.url), spawnService(place.url)])
    try {
      const send = async (url: string, i: number): Promise<string> => {
        const answer = await fetch(url + paths.reports(), {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...rider(1), ...key(`shared-${i}`) },
          body: JSON.stringify({ zoneId: ZONE, kind: 'count', count: i }),
        })
        return (await created(answer)).report.id
      }
      const keys = Array.from({ length: 40 }, (_, i) => i)
      const pairs = await Promise.all(keys.map((i) => Promise.all(servers.map(({ url }) => send(url, i)))))
      for (const [one, other] of pairs) expect(one).toBe(other)
      const rows = await database.db.selectFrom('reports').select('id').execute()
      expect(rows.map(({ id }) => id).toSorted()).toEqual(pairs.map(([one]) => one).toSorted())
    } finally {
      await Promise.all(servers.map((server) => server.stop()))
      await database.close()
      await place.dispose()
    }
  })
})
