import { paths, PlanBodySchema, type PlanBody } from '@kickstand/contract'
import { everyVehicle } from '@kickstand/domain'
import { forEachEngine } from '@kickstand/testkit/engines'
import type { SeededZone } from '@kickstand/testkit/seed-zones'
import { describe, expect, it } from 'vitest'
import { expectProblem, pointers } from './support/expect-problem.ts'
import { expectShape } from './support/expect-shape.ts'
import { useService } from './support/use-service.ts'

/** The destination, and zones north of it; a thousandth of a degree of latitude is 111 m. */
const TO = { lat: 48.2, lng: 16.37 }
const north = (metres: number): { lat: number; lng: number } => ({ lat: TO.lat + metres / 111_195, lng: TO.lng })
const ZONES: readonly SeededZone[] = [
  { id: 'thedoor01', capacity: 5, ...north(10) },
  { id: 'corner001', capacity: 12, fee: 'paid', covered: true, ...north(250) },
  { id: 'nextone01', capacity: 8, fee: 'free', ...north(450) },
  { id: 'nobodyyet', capacity: 8, ...north(-300) },
  { id: 'private01', capacity: 30, access: 'private', ...north(5) },
  { id: 'notyours1', capacity: 30, vehicles: { ...everyVehicle('yes'), sidecar: 'no' }, ...north(40) },
  { id: 'dateline1', capacity: 8, lat: -16.8, lng: -179.9995 },
]
/** A position two kilometres east. */
const FROM = { lat: TO.lat, lng: TO.lng + 0.027 }

forEachEngine((engine) => {
  const at = useService(engine, { zones: ZONES })

  async function plan(query: Record<string, string | number | boolean> = {}): Promise<PlanBody> {
    const asked = { lat: FROM.lat, lng: FROM.lng, toLat: TO.lat, toLng: TO.lng, vehicle: 'sidecar', ...query }
    const text = Object.entries(asked).map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    const answer = await at().get(`${paths.plan()}?${text.join('&')}`)
    expect(answer.status, await answer.clone().text()).toBe(200)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    return expectShape(PlanBodySchema, await answer.json())
  }
  const ids = ({ stops }: PlanBody): string[] => stops.map(({ zone }) => zone.id)

  describe('GET /v1/plan', () => {
    it('marks chances as unknown without data', async () => {
      const { stops, text, chance } = await plan()
      expect(stops.length).toBeGreaterThan(0)
      for (const stop of stops) {
        expect(stop).toMatchObject({ chanceKnown: false, zone: { availability: { state: 'unknown', chance: null } } })
        expect(stop.chance).toBeLessThanOrEqual(0.5)
        expect(stop.reasons[0]?.code).toBe('chance-unknown')
      }
      expect(chance).toBeLessThan(0.8)
      expect(text).toMatch(/^An unknown chance at the first, /)
    })

    it('prefers a zone that is likely free to a full one at the destination, and adds further stops', async () => {
      for (let rider = 0; rider < 6; rider += 1) {
        for (const [zoneId, count] of [
          ['thedoor01', 5],
          ['corner001', 4],
          ['nextone01', 3],
        ] as const) {
          const answer = await at().post(paths.reports(), { zoneId, kind: 'count', count })
          expect(answer.status).toBe(201)
        }
      }
      const planned = await plan({ limit: 2 })
      expect(ids(planned)).toEqual(['corner001', 'nextone01'])
      const [first, second] = planned.stops
      expect(first?.chance).toBeGreaterThan(0.8)
      expect(first?.chance).toBe(first?.zone.availability.chance)
      expect(first?.zone.distance).toBeCloseTo(2_016, -1)
      expect(first?.walkSeconds).toBe(Math.round((250 * 1.2) / 1.3))
      expect(first?.rideMetres).toBeCloseTo(2_016 * 1.3, -1)
      expect(first?.reachedWith).toBe(1)
      expect(first?.expectedSeconds).toBe(planned.expectedSeconds)
      expect(first?.reasons.map(({ code }) => code)).toEqual(['chance', 'nearer-are-likely-full'])
      expect(first?.reason).toMatch(/^\d+ % on arrival, 4 min walk; nearer ones are likely full/)
      expect(second?.chance).toBeLessThanOrEqual(second?.zone.availability.chance ?? 0)
      expect(second?.chanceSoFar).toBe(planned.chance)
      expect(second?.rideMetres).toBe(260)
      expect(second?.reasons.map(({ code }) => code)).toContain('close-by')
      expect(planned.text).toMatch(/^\d+ % at the first, 4 min walk; if full, 260 m on; \d+ % in all\.$/)
      expect(`${first?.reason} ${planned.text}`).not.toContain('100 %')
      const arrive = Date.parse(first?.arriveAt ?? '') - Date.parse(planned.at)
      expect(arrive / 1000).toBeCloseTo((first?.rideSeconds ?? 0) + 30, -1)
    })

    it('skips zones that the rider has seen full, and lowers the chance of their neighbours', async () => {
      const [first, second] = (await plan({ limit: 2 })).stops
      const after = await plan({ limit: 2, full: `${first?.zone.id}, gone00000` })
      expect(ids(after)).not.toContain(first?.zone.id)
      expect(after.stops[0]?.zone.id).toBe(second?.zone.id)
      expect(after.stops[0]?.chance).toBeLessThanOrEqual(second?.zone.availability.chance ?? 0)
      const everything = await plan({ full: ZONES.map(({ id }) => id).join(',') })
      expect(everything.stops).toEqual([])
    })

    it('minimises the time until parked with until=parked', async () => {
      const [there, parked] = [await plan(), await plan({ until: 'parked' })]
      expect(parked.expectedSeconds).toBeLessThan(there.expectedSeconds)
      expect(parked.stops[0]?.walkSeconds).toBeGreaterThan(0)
    })

    it('excludes zones where the vehicle may not park, zones that the filters exclude, and private ones', async () => {
      for (const query of [{}, { limit: 5 }, { free: 'free' }, { covered: true }, { radius: 100 }]) {
        expect(ids(await plan(query)), JSON.stringify(query)).not.toContain('private01')
        expect(ids(await plan(query)), JSON.stringify(query)).not.toContain('notyours1')
      }
      expect(ids(await plan({ free: 'free' }))).toEqual(['nextone01'])
      expect(ids(await plan({ covered: true }))).toEqual(['corner001'])
      // The full zone at the destination is not worth a try; the one outside the radius is ignored.
      expect(ids(await plan({ radius: 300 }))).toEqual(['corner001'])
      expect(ids(await plan({ vehicle: 'motorcycle', limit: 5 }))).toContain('notyours1')
    })

    it('uses the position of the rider without a destination, and works across the date line', async () => {
      const answer = await at().get(`${paths.plan()}?lat=-16.8&lng=179.9995`)
      const { stops } = expectShape(PlanBodySchema, await answer.json())
      expect(stops[0]).toMatchObject({ zone: { id: 'dateline1' }, rideMetres: expect.closeTo(138, -1) })
    })

    it('is less certain for tomorrow than for now, and deterministic', async () => {
      const tomorrow = new Date(at().clock.now() + 20 * 3_600_000).toISOString()
      const [now, later] = [await plan(), await plan({ at: tomorrow })]
      expect(later.at).toBe(tomorrow)
      expect(later.chance).toBeLessThan(now.chance)
      expect(await plan()).toEqual(now)
    })

    it('is empty without zones, with a text', async () => {
      expect(await plan({ toLat: 10, toLng: 10 })).toMatchObject({
        stops: [],
        chance: 0,
        text: 'No zone around the destination is worth the ride.',
      })
    })

    it.each([
      ['lat=1&lng=2&toLat=3', '?toLng'],
      ['lat=1&lng=2&toLng=3', '?toLat'],
      ['lat=1&lng=2&limit=6', '?limit'],
      ['lat=1&lng=2&limit=0', '?limit'],
      ['lat=1&lng=200', '?lng'],
      ['lat=1', '?lng'],
      ['lat=1&lng=2&vehicle=lorry', '?vehicle'],
      ['lat=1&lng=2&at=1999-01-01T00:00:00Z', '?at'],
      ['lat=1&lng=2&radius=50000', '?radius'],
      ['lat=1&lng=2&fast=true', '?fast'],
    ])('rejects %s, naming %s', async (query, pointer) => {
      const problem = await expectProblem(await at().get(`${paths.plan()}?${query}`), 400, 'invalid-request')
      expect(pointers(problem)).toContain(pointer)
    })
  })
})
