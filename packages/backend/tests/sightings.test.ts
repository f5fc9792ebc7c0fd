import {
  AreaBodySchema,
  ForecastSchema,
  LIVE_CELL_ZOOM,
  LiveAvailabilitySchema,
  NearbyBodySchema,
  paths,
  PlanBodySchema,
  ReportCreatedSchema,
  ZoneSchema,
  type AvailabilityBody,
  type ReportCreatedBody,
} from '@kickstand/contract'
import { tileNumber } from '@kickstand/domain'
import { forEachEngine } from '@kickstand/testkit/engines'
import { startTestService } from '@kickstand/testkit/start-service'
import { afterAll, describe, expect, it } from 'vitest'
import { expectShape } from './support/expect-shape.ts'
import { openStream } from './support/open-stream.ts'
import { useService } from './support/use-service.ts'

const MINUTE = 60_000
const SOON = { timeout: 20_000, interval: 20 }
const LNG = -122.395_8
const rider = (n: number): Record<string, string> => ({ authorization: `Bearer device-secret-of-a-rider_${n}` })

forEachEngine((engine) => {
  const zones = Array.from({ length: 12 }, (_, i) => ({
    id: `zone0000${String(i).padStart(2, '0')}`,
    capacity: 17,
    lat: 37 + i,
  }))
  const at = useService(engine, { zones })
  const ended: (() => Promise<void>)[] = []
  afterAll(async () => {
    for (const end of ended) await end()
  })
  let used = 0

  /** A zone without reports, far from all others, and a position next to it. */
  function freshZone(): { zoneId: string; lat: number; position: { lat: number; lng: number; accuracy: number } } {
    const zone = zones[used]
    used += 1
    if (zone === undefined) throw new Error('out of zones')
    return { zoneId: zone.id, lat: zone.lat, position: { lat: zone.lat + 0.000_3, lng: LNG, accuracy: 10 } }
  }

  async function report(body: object, who = 1): Promise<ReportCreatedBody> {
    const answer = await at().post(paths.reports(), body, rider(who))
    const created: unknown = await answer.json()
    expect(answer.status, JSON.stringify(created)).toBe(201)
    return expectShape(ReportCreatedSchema, created)
  }

  async function shown(zoneId: string, url = at().url): Promise<AvailabilityBody> {
    return expectShape(ZoneSchema, await (await fetch(url + paths.zone(zoneId))).json()).availability
  }

  describe('a report by a rider at the zone', () => {
    it('determines the state in every response, with the expectation for soon after', async () => {
      const { zoneId, lat, position } = freshZone()
      const n = 2 ** LIVE_CELL_ZOOM
      const cell = tileNumber(lat, LNG, LIVE_CELL_ZOOM)
      const stream = await openStream(
        `${at().url}${paths.live()}?cells=${LIVE_CELL_ZOOM}/${cell % n}/${Math.floor(cell / n)}`,
      )
      const created = await report({ zoneId, kind: 'level', level: 'full', position })
      const full = { state: 'full', expectedFree: 0, freeLow: 0, freeHigh: 0, source: 'rider' }
      const observedAt = new Date(at().clock.now()).toISOString()
      const latest = { kind: 'level', level: 'full', count: null, observedAt, source: 'rider', agrees: false }
      expect(created.availability).toMatchObject({ ...full, latest: { ...latest, expected: { minutes: 20 } } })
      expect(created.availability.chance).toBeLessThan(0.25)
      expect(created.availability.latest?.expected?.state).not.toBe('full')

      const nearby = await (await at().get(`${paths.nearby()}?lat=${lat}&lng=${LNG}`)).json()
      expect(expectShape(NearbyBodySchema, nearby).zones[0]?.availability).toEqual(created.availability)
      const area = `${paths.zones()}?bbox=${LNG - 0.01},${lat - 0.01},${LNG + 0.01},${lat + 0.01}`
      expect(expectShape(AreaBodySchema, await (await at().get(area)).json()).zones[0]?.availability).toEqual(
        created.availability,
      )
      expect(await shown(zoneId)).toEqual(created.availability)
      const plan = expectShape(PlanBodySchema, await (await at().get(`${paths.plan()}?lat=${lat}&lng=${LNG}`)).json())
      expect(plan.stops[0]).toMatchObject({ zone: { availability: { state: 'full', latest } } })
      expect(plan.stops[0]?.chance).toBeLessThan(0.25)
      const forecast = expectShape(ForecastSchema, await (await at().get(paths.zoneForecast(zoneId))).json())
      expect(forecast.points[0]).toMatchObject({ state: 'full', freeHigh: 0 })
      await expect
        .poll(
          () =>
            stream.messages
              .filter(({ event }) => event === 'availability')
              .flatMap(({ data }) => expectShape(LiveAvailabilitySchema, data).zones)
              .find(({ id }) => id === zoneId)?.availability,
          SOON,
        )
        .toEqual(created.availability)
      stream.close()
      const likely = await (await at().get(`${paths.nearby()}?lat=${lat}&lng=${LNG}&radius=500&likelyFree=yes`)).json()
      expect(expectShape(NearbyBodySchema, likely).zones).toEqual([])
    })

    it('does not affect times more than 5 minutes ahead', async () => {
      const { zoneId, position } = freshZone()
      await report({ zoneId, kind: 'level', level: 'full', position })
      const later = new Date(at().clock.now() + 20 * MINUTE).toISOString()
      const then = expectShape(ZoneSchema, await (await at().get(`${paths.zone(zoneId)}?at=${later}`)).json())
      expect(then.availability).toMatchObject({ latest: null })
      expect(then.availability.state).not.toBe('full')
    })

    it('is the same after a restart and on another server, and is removed by its undo', async () => {
      const { zoneId, position } = freshZone()
      await report({ zoneId, kind: 'count', count: 4, position }, 1)
      const before = await shown(zoneId)
      at().clock.advance(MINUTE)
      const created = await report({ zoneId, kind: 'count', count: 16, position }, 2)
      expect(created.availability).toMatchObject({ state: 'few', freeHigh: 1, latest: { kind: 'count', count: 16 } })
      const other = await startTestService({ url: at().database.url, clock: at().clock.now })
      ended.push(other.stop)
      expect(await shown(zoneId, other.url)).toEqual(created.availability)
      await at().delete(paths.report(created.report.id), rider(2))
      const now = await shown(zoneId)
      expect(now).toMatchObject({ state: before.state, latest: { count: 4, observedAt: before.observedAt } })
      await expect.poll(() => shown(zoneId, other.url), SOON).toEqual(now)
    })
  })

  describe('a report by a rider with an unknown position', () => {
    it.each([
      ['gives no position', {}],
      ['stands somewhere else', { position: { lat: 0, lng: LNG, accuracy: 10 } }],
    ])('who %s does not change the state for others, whatever their number', async (_who, place) => {
      const { zoneId, position } = freshZone()
      await report({ zoneId, kind: 'level', level: 'plenty', position }, 1)
      for (let n = 2; n < 8; n += 1) await report({ zoneId, kind: 'level', level: 'full', ...place }, n)
      expect(await shown(zoneId)).toMatchObject({ state: 'plenty', latest: { level: 'plenty' } })
    })

    it('determines the state for the reporter', async () => {
      const { zoneId, position } = freshZone()
      await report({ zoneId, kind: 'level', level: 'plenty', position }, 1)
      const created = await report({ zoneId, kind: 'level', level: 'full' }, 2)
      expect(created.availability).toMatchObject({ state: 'full', freeHigh: 0, latest: { level: 'full' } })
    })

    it('determines the state for everyone if the zone had no reports', async () => {
      const { zoneId } = freshZone()
      const created = await report({ zoneId, kind: 'level', level: 'full' })
      expect(created.availability).toMatchObject({ state: 'full', freeHigh: 0 })
      expect(await shown(zoneId)).toEqual(created.availability)
    })
  })
})
