import {
  AreaBodySchema,
  ForecastSchema,
  NearbyBodySchema,
  paths,
  ZoneSchema,
  type ForecastBody,
} from '@kickstand/contract'
import { forEachEngine } from '@kickstand/testkit/engines'
import type { SeededZone } from '@kickstand/testkit/seed-zones'
import { describe, expect, it } from 'vitest'
import { expectProblem } from './support/expect-problem.ts'
import { expectShape } from './support/expect-shape.ts'
import { useService } from './support/use-service.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const NOTHING = { expectedFree: null, freeLow: null, freeHigh: null, chance: null }

/** The clock of the service stands at noon UTC on a Wednesday: 04:00 in San Francisco. */
const ZONES: readonly SeededZone[] = [
  { id: 'reported1', capacity: 10 },
  { id: 'unknown01', lat: 37.7937 },
  { id: 'nosize001', lat: 37.7938, capacity: null },
  { id: 'daytime01', lat: 37.7939, openingHours: 'Mo-Fr 08:00-18:00' },
  { id: 'berlin001', lat: 52.52, lng: 13.4, openingHours: 'Mo-Fr 08:00-18:00' },
  { id: 'unread001', lat: 37.794, openingHours: 'At All Times' },
]
const WITHIN_REACH = 'lat=37.7936&lng=-122.3958'
const BOX = 'bbox=-123,37,-122,38'

forEachEngine((engine) => {
  const at = useService(engine, { zones: ZONES })
  const iso = (time: number): string => new Date(time).toISOString()
  const ahead = (ms: number): string => `at=${iso(at().clock.now() + ms)}`

  async function json(path: string): Promise<unknown> {
    const answer = await at().get(path)
    expect(answer.status, path).toBe(200)
    return answer.json()
  }
  async function forecastOf(id: string): Promise<ForecastBody> {
    return expectShape(ForecastSchema, await json(paths.zoneForecast(id)))
  }
  async function report(body: object): Promise<{ id: string }> {
    const answer = await at().post(paths.reports(), body, {
      authorization: 'Bearer forecast-test-device-key-0123456789',
    })
    expect(answer.status).toBe(201)
    return ((await answer.json()) as { report: { id: string } }).report
  }

  describe('the forecast of a zone', () => {
    it('covers now and every half hour of the next day, in the time zone of the zone', async () => {
      at().clock.advance(10 * MINUTE)
      const { points, ...forecast } = await forecastOf('reported1')
      const now = at().clock.now()
      expect(forecast).toMatchObject({
        zoneId: 'reported1',
        timeZone: 'America/Los_Angeles',
        asOf: iso(now),
        capacity: 10,
      })
      expect(points).toHaveLength(49)
      expect(points[0]?.at).toBe(iso(now))
      expect(points[1]?.at).toBe(iso(now + 20 * MINUTE))
      expect(points[48]?.at).toBe(iso(now + 23 * HOUR + 50 * MINUTE))
      expect((await forecastOf('berlin001')).timeZone).toBe('Europe/Berlin')
    })

    it('is unknown without numbers if there is no data, never 0', async () => {
      const { points, observations } = await forecastOf('unknown01')
      expect(observations).toEqual([])
      for (const point of points) expect(point).toMatchObject({ ...NOTHING, state: 'unknown', source: 'none' })
    })

    it('starts at the availability of now, is less sure later, and stays inside the capacity', async () => {
      await report({ zoneId: 'reported1', kind: 'count', count: 3 })
      const { points } = await forecastOf('reported1')
      const zone = expectShape(ZoneSchema, await json(paths.zone('reported1')))
      const { state, expectedFree, freeLow, freeHigh, chance, source } = zone.availability
      expect(points[0]).toEqual({ at: points[0]?.at, state, expectedFree, freeLow, freeHigh, chance, source })
      const widths = points.flatMap(({ freeLow: low, freeHigh: high }) =>
        low === null || high === null ? [] : [high - low],
      )
      expect(widths.length).toBeGreaterThan(4)
      expect(widths.at(-1)).toBeGreaterThan(widths[0] ?? Infinity)
      for (const point of points) if (point.freeHigh !== null) expect(point.freeHigh).toBeLessThanOrEqual(10)
    })

    it('shows observations of the last six hours, oldest first, without reporters', async () => {
      const now = at().clock.now()
      await report({ zoneId: 'nosize001', kind: 'level', level: 'few', observedAt: iso(now - 20 * MINUTE) })
      await report({ zoneId: 'nosize001', kind: 'count', count: 4 })
      await report({ zoneId: 'nosize001', kind: 'problem', problem: 'faded' })
      const taken = await report({ zoneId: 'reported1', kind: 'arrived' })
      const gone = await at().delete(paths.report(taken.id), {
        authorization: 'Bearer forecast-test-device-key-0123456789',
      })
      expect(gone.status).toBe(204)
      expect((await forecastOf('nosize001')).observations).toEqual([
        { at: iso(now - 20 * MINUTE), kind: 'level', free: null, level: 'few', effect: 'estimate' },
        { at: iso(now), kind: 'count', free: null, level: null, effect: 'estimate' },
      ])
      expect((await forecastOf('reported1')).observations).toEqual([
        { at: iso(now), kind: 'count', free: 7, level: null, effect: 'estimate' },
      ])
      at().clock.advance(6 * HOUR + MINUTE)
      expect((await forecastOf('reported1')).observations).toEqual([])
      at().clock.advance(-6 * HOUR - MINUTE)
    })

    it('is rejected for an unknown zone', async () => {
      await expectProblem(await at().get(paths.zoneForecast('nosuchzone1')), 404, 'zone-not-found')
    })
  })

  describe('the requested time', () => {
    it('gives the same answer in nearby, area and zone', async () => {
      const query = ahead(2 * HOUR)
      const nearby = expectShape(NearbyBodySchema, await json(`${paths.nearby()}?${WITHIN_REACH}&${query}`))
      const area = expectShape(AreaBodySchema, await json(`${paths.zones()}?${BOX}&${query}`))
      const zone = expectShape(ZoneSchema, await json(`${paths.zone('reported1')}?${query}`))
      const now = expectShape(ZoneSchema, await json(paths.zone('reported1')))
      expect(zone.availability.chance).not.toBeNull()
      expect(zone.availability).not.toEqual(now.availability)
      for (const { zones } of [nearby, area])
        expect(zones.find(({ id }) => id === 'reported1')?.availability).toEqual(zone.availability)
    })

    it('is kept by the link to the next page of an area', async () => {
      const answer = await at().get(`${paths.zones()}?${BOX}&limit=1&${ahead(HOUR)}`)
      expect(answer.headers.get('link')).toContain(`at=${encodeURIComponent(iso(at().clock.now() + HOUR))}`)
    })

    it.each([
      ['a day and a minute ahead', 24 * HOUR + MINUTE],
      ['an hour ago', -HOUR],
    ])('is rejected if it is %s', async (_where, ms) => {
      for (const path of [
        `${paths.zones()}?${BOX}&`,
        `${paths.zone('reported1')}?`,
        `${paths.nearby()}?${WITHIN_REACH}&`,
      ])
        await expectProblem(await at().get(path + ahead(ms)), 400, 'invalid-request')
    })
  })

  describe('opening hours', () => {
    it('close a zone outside of them, whatever was reported, and open it again', async () => {
      await report({ zoneId: 'daytime01', kind: 'count', count: 2 })
      const stateAt = async (ms: number) =>
        expectShape(ZoneSchema, await json(`${paths.zone('daytime01')}?${ahead(ms)}`)).availability
      expect(await stateAt(0)).toMatchObject({ ...NOTHING, state: 'closed' })
      expect((await stateAt(4 * HOUR)).state).not.toBe('closed')
      expect((await stateAt(14 * HOUR)).state).toBe('closed')
      const { points } = await forecastOf('daytime01')
      const open = points.filter(({ state }) => state !== 'closed').map(({ at: time }) => time)
      expect(open[0]).toBe('2026-03-04T16:00:00.000Z')
      expect(open.at(-1)).toBe('2026-03-05T01:30:00.000Z')
      const nearby = expectShape(NearbyBodySchema, await json(`${paths.nearby()}?${WITHIN_REACH}`))
      expect(nearby.zones.find(({ id }) => id === 'daytime01')?.availability.state).toBe('closed')
    })

    it('are in the local time of the zone', async () => {
      expect((await forecastOf('berlin001')).points[0]?.state).toBe('unknown')
    })

    it('that cannot be parsed close nothing', async () => {
      const states = (await forecastOf('unread001')).points.map(({ state }) => state)
      expect(new Set(states)).toEqual(new Set(['unknown']))
    })
  })
})
