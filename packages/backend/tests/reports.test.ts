import { paths, ReportCreatedSchema, ReportsBodySchema, type ReportCreatedBody, ZoneSchema } from '@kickstand/contract'
import { LEVELS, PROBLEMS } from '@kickstand/domain'
import { forEachEngine } from '@kickstand/testkit/engines'
import { describe, expect, it } from 'vitest'
import { expectProblem } from './support/expect-problem.ts'
import { expectShape } from './support/expect-shape.ts'
import { useService } from './support/use-service.ts'

const MINUTE = 60_000
const BEARER = { authorization: 'Bearer device-secret-of-a-rider_1' }
const OTHER = { authorization: 'Bearer device-secret-of-a-rider_2' }

forEachEngine((engine) => {
  const zones = Array.from({ length: 24 }, (_, i) => ({
    id: `zone0000${String(i).padStart(2, '0')}`,
    capacity: i === 23 ? null : 10,
    lat: 37.79 + i / 1_000,
  }))
  const at = useService(engine, { zones })
  let used = 0

  /** A zone without reports of other tests. */
  function freshZone(): string {
    const zone = zones[used]
    used += 1
    if (zone === undefined) throw new Error('out of zones')
    return zone.id
  }

  async function report(body: object, headers: Record<string, string> = BEARER): Promise<ReportCreatedBody> {
    const answer = await at().post(paths.reports(), body, headers)
    const created: unknown = await answer.json()
    expect(answer.status, JSON.stringify(created)).toBe(201)
    return expectShape(ReportCreatedSchema, created)
  }

  async function availability(zoneId: string) {
    return expectShape(ZoneSchema, await (await at().get(paths.zone(zoneId))).json()).availability
  }

  const ago = (ms: number): string => new Date(at().clock.now() - ms).toISOString()

  describe('reports of riders', () => {
    it('a count changes the availability of its zone at once, for everybody, and of no other zone', async () => {
      const [zoneId, other] = [freshZone(), freshZone()]
      expect(await availability(zoneId)).toMatchObject({ state: 'unknown', chance: null, reports: 0, source: 'none' })
      const created = await report({ zoneId, kind: 'count', count: 8 })
      expect(created.report).toMatchObject({ zoneId, kind: 'count', count: 8, level: null, effect: 'estimate' })
      expect(created.availability).toMatchObject({ reports: 1, ageSeconds: 0, source: 'rider' })
      expect(created.availability.expectedFree).toBeLessThan(5)
      expect(await availability(zoneId)).toEqual(created.availability)
      expect((await availability(other)).state).toBe('unknown')
    })

    it.each(LEVELS)('the level %s is accepted', async (level) => {
      const created = await report({ zoneId: freshZone(), kind: 'level', level })
      expect(created.report).toMatchObject({ level, count: null, effect: 'estimate' })
      expect(created.availability.state).not.toBe('unknown')
    })

    it('an arrival takes a space, a departure frees it', async () => {
      const zoneId = freshZone()
      const counted = await report({ zoneId, kind: 'count', count: 5 })
      const arrived = await report({ zoneId, kind: 'arrived' })
      expect(arrived.availability.expectedFree).toBeLessThan(counted.availability.expectedFree ?? 0)
      const left = await report({ zoneId, kind: 'left' })
      expect(left.availability.expectedFree).toBeGreaterThan(arrived.availability.expectedFree ?? 10)
    })

    it.each(PROBLEMS)('the problem %s is stored without changing the availability', async (problem) => {
      const zoneId = zones[0]?.id ?? ''
      const before = await availability(zoneId)
      const created = await report({ zoneId, kind: 'problem', problem })
      expect(created.report).toMatchObject({ problem, effect: 'none' })
      expect(created.availability).toEqual(before)
    })

    it('more bikes than spaces is accepted as over capacity, and free spaces never exceed the capacity', async () => {
      const created = await report({ zoneId: freshZone(), kind: 'count', count: 14 })
      expect(created.report).toMatchObject({ overCapacity: true, count: 14 })
      expect(created.availability.freeLow).toBeGreaterThanOrEqual(0)
      expect(created.availability.freeHigh).toBeLessThanOrEqual(10)
      expect(created.availability.chance).toBeLessThan(0.75)
    })

    it('with an unknown capacity there is a chance but no number of spaces', async () => {
      const created = await report({ zoneId: zones[23]?.id, kind: 'level', level: 'plenty' })
      expect(created.availability).toMatchObject({ expectedFree: null, freeLow: null, freeHigh: null })
      expect(created.availability.chance).toBeGreaterThan(0.9)
      expect(created.report.overCapacity).toBe(false)
    })

    it('only the distance of a position is stored, and a report from far away has no effect', async () => {
      const zoneId = freshZone()
      const lat = zones.find((zone) => zone.id === zoneId)?.lat ?? 0
      const near = { lat: lat + 0.000_9, lng: -122.3958, accuracy: 10 }
      const created = await report({ zoneId, kind: 'count', count: 2, position: near })
      expect(created.report).toMatchObject({ distance: 100, effect: 'estimate' })
      const far = await report({ zoneId, kind: 'count', count: 9, position: { ...near, lat: lat + 0.01 } })
      expect(far.report).toMatchObject({ distance: 1112, effect: 'none' })
      expect(far.availability).toEqual(created.availability)
      const stored = await at().service.context.database.db.selectFrom('reports').selectAll().execute()
      const events = await at().service.context.database.db.selectFrom('events').select('payload').execute()
      expect(JSON.stringify([stored, events])).not.toContain(String(near.lat))
    })
  })

  describe('time', () => {
    it('a report of half an hour ago counts with its age; one marked late is history', async () => {
      const zoneId = freshZone()
      const aged = await report({ zoneId, kind: 'count', count: 2, observedAt: ago(30 * MINUTE) })
      expect(aged.report.effect).toBe('estimate')
      expect(aged.availability).toMatchObject({ ageSeconds: 1800, reports: 1 })
      const late = await report({ zoneId, kind: 'count', count: 9, observedAt: ago(31 * MINUTE), late: true })
      expect(late.report.effect).toBe('history')
      // It trains the usual week, and does not affect the current estimate.
      const { observedAt, source, reports } = aged.availability
      expect(late.availability).toMatchObject({ observedAt, source, reports })
    })

    it('reports out of order give the same availability as in order', async () => {
      const [one, two] = [freshZone(), freshZone()]
      const bodies = [
        { kind: 'count', count: 3, observedAt: ago(20 * MINUTE) },
        { kind: 'arrived', observedAt: ago(10 * MINUTE) },
        { kind: 'level', level: 'few', observedAt: ago(5 * MINUTE) },
      ]
      for (const body of bodies) await report({ zoneId: one, ...body })
      for (const body of bodies.toReversed()) await report({ zoneId: two, ...body })
      expect(await availability(two)).toEqual(await availability(one))
    })

    it('estimates get older, less certain, and finally unknown', async () => {
      const zoneId = freshZone()
      await report({ zoneId, kind: 'count', count: 6 })
      const fresh = await availability(zoneId)
      at().clock.advance(60 * MINUTE)
      const older = await availability(zoneId)
      expect(older).toMatchObject({ ageSeconds: 3600, observedAt: fresh.observedAt })
      expect((older.freeHigh ?? 0) - (older.freeLow ?? 0)).toBeGreaterThan((fresh.freeHigh ?? 0) - (fresh.freeLow ?? 0))
      at().clock.advance(20 * 60 * MINUTE)
      expect(await availability(zoneId)).toMatchObject({
        state: 'unknown',
        chance: null,
        freeLow: null,
        source: 'none',
      })
    })

    it('nearby accepts a future time', async () => {
      const zoneId = freshZone()
      await report({ zoneId, kind: 'count', count: 10 })
      const near = `lat=${zones.find(({ id }) => id === zoneId)?.lat}&lng=-122.3958&limit=1`
      const ahead = new Date(at().clock.now() + 60 * MINUTE).toISOString()
      const [now, later] = await Promise.all(
        [`?${near}`, `?${near}&at=${ahead}`].map(async (query) => {
          const body = (await (await at().get(paths.nearby() + query)).json()) as {
            zones: { availability: { chance: number } }[]
          }
          return body.zones[0]?.availability.chance ?? Number.NaN
        }),
      )
      expect(later).toBeGreaterThan(now ?? Number.NaN)
    })
  })

  describe('the rider', () => {
    it('is created at the first report, with an HttpOnly cookie, and needs none for reading', async () => {
      const zoneId = freshZone()
      for (const path of [
        paths.zone(zoneId),
        paths.zones() + '?bbox=0,0,1,1',
        paths.sources(),
        paths.appConfig(),
        '/',
      ]) {
        expect((await at().get(path)).headers.getSetCookie(), path).toEqual([])
      }
      const first = await at().post(paths.reports(), { zoneId, kind: 'arrived' })
      const [cookie = '', ...more] = first.headers.getSetCookie()
      expect(more).toEqual([])
      expect(cookie).toMatch(/^kickstand_rider=[\w-]{43}; Max-Age=31536000; Path=\/v1; HttpOnly; SameSite=Lax$/)
      const { report: made } = expectShape(ReportCreatedSchema, await first.json())
      const again = await at().post(paths.reports(), { zoneId, kind: 'left' }, { cookie: cookie.split(';')[0] ?? '' })
      expect(again.headers.getSetCookie()).toEqual([])
      const stored = await at()
        .service.context.database.db.selectFrom('reports')
        .select(['id', 'rider_id'])
        .where('zone_id', '=', zoneId)
        .execute()
      expect(new Set(stored.map((row) => row.rider_id)).size).toBe(1)
      expect(JSON.stringify(stored)).not.toContain(cookie.slice(16, 40))
      const undone = await at().delete(paths.report(made.id), { cookie: `a=b; ${cookie.split(';')[0] ?? ''}` })
      expect(undone.status).toBe(204)
    })

    it('may send its own secret and then gets no cookie', async () => {
      const answer = await at().post(paths.reports(), { zoneId: freshZone(), kind: 'arrived' }, BEARER)
      expect([answer.status, answer.headers.getSetCookie()]).toEqual([201, []])
    })

    it('can undo an own report, which restores the availability; an undo is idempotent', async () => {
      const zoneId = freshZone()
      await report({ zoneId, kind: 'count', count: 3, observedAt: ago(MINUTE) }, OTHER)
      const before = await availability(zoneId)
      const { report: made, availability: moved } = await report({ zoneId, kind: 'level', level: 'full' })
      expect(moved).not.toEqual(before)
      for (let i = 0; i < 2; i += 1) {
        const answer = await at().delete(paths.report(made.id), BEARER)
        expect([answer.status, await answer.text()]).toEqual([204, ''])
      }
      expect(await availability(zoneId)).toEqual(before)
      const { reports } = expectShape(ReportsBodySchema, await (await at().get(paths.zoneReports(zoneId))).json())
      expect(reports.map(({ kind }) => kind)).toEqual(['count'])
    })

    it('cannot undo a report of another rider, an unknown one, or one older than ten minutes', async () => {
      const zoneId = freshZone()
      const { report: made } = await report({ zoneId, kind: 'count', count: 3 })
      const where = paths.report(made.id)
      await expectProblem(await at().delete(where), 401, 'rider-required')
      await expectProblem(await at().delete(where, OTHER), 404, 'report-not-found')
      await expectProblem(await at().delete(paths.report('0000000000000'), BEARER), 404, 'report-not-found')
      at().clock.advance(10 * MINUTE + 1)
      await expectProblem(await at().delete(where, BEARER), 409, 'undo-too-late')
      expect((await availability(zoneId)).reports).toBe(1)
    })
  })

  it('the reports of a zone are listed newest first, in pages, without their reporters', async () => {
    const zoneId = zones[22]?.id ?? ''
    // Several with the same time, so that a page ends between them.
    for (let i = 0; i < 7; i += 1) {
      await report({ zoneId, kind: 'count', count: i, observedAt: ago(Math.floor(i / 3) * MINUTE) })
    }
    const seen: { count: number | null; observedAt: string }[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const query: string = cursor === '' ? '?limit=2' : `?limit=2&cursor=${cursor}`
      const page = expectShape(ReportsBodySchema, await (await at().get(paths.zoneReports(zoneId) + query)).json())
      expect(page.reports.length).toBeLessThanOrEqual(2)
      seen.push(...page.reports)
      cursor = page.nextCursor
    }
    expect(seen).toHaveLength(7)
    expect(new Set(seen.map(({ count }) => count))).toEqual(new Set([0, 1, 2, 3, 4, 5, 6]))
    const times = seen.map(({ observedAt }) => observedAt)
    expect(times).toEqual(times.toSorted().toReversed())
  })
})
