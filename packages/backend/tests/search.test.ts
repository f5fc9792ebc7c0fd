import type { AreaBody, AreaQuery, NearbyBody, NearbyQuery } from '@kickstand/contract'
import { distance, VEHICLES } from '@kickstand/domain'
import { seededRandom } from '@kickstand/testkit'
import { forEachEngine } from '@kickstand/testkit/engines'
import { seedZones } from '@kickstand/testkit/seed-zones'
import { expect, it } from 'vitest'
import { findNearby } from '#features/zones/find-nearby.ts'
import { listArea } from '#features/zones/list-area.ts'
import { askedFor, randomFilters } from './support/brute-filter.ts'
import { scatteredPlace, scatteredZones, type PlacedZone } from './support/scattered-zones.ts'
import { useService } from './support/use-service.ts'

const ZONES = 2_400
const SEED = 20_260_304
/** Tolerance in metres: the two formulas round differently, which can swap zones that are closer than this. */
const ROUNDING = 1e-6

/** Searches are answered from memory, which both engines fill in the same way. A part of them is enough for the second. */
const SHARE = { sqlite: 1, mariadb: 0.1 }

// On the first engine 6,000 nearby and 1,500 area searches, and all pages of 200 areas.
forEachEngine((engine) => {
  const share = SHARE[engine.name]
  const random = seededRandom(SEED)
  const zones = new Map(scatteredZones(random, ZONES).map((zone) => [zone.id, zone]))
  const at = useService(engine, { zones: [...zones.values()] })

  function nearby(query: NearbyQuery): NearbyBody {
    return JSON.parse(findNearby(at().service.context, query).toString()) as NearbyBody
  }
  function area(query: AreaQuery): AreaBody {
    return JSON.parse(listArea(at().service.context, query).toString()) as AreaBody
  }

  function expectNearby(query: NearbyQuery): void {
    const { lat, lng, radius = 2_000, limit = 20 } = query
    const expected = [...zones.values()]
      .filter(askedFor(query))
      .map((zone) => ({ id: zone.id, metres: distance(lat, lng, zone.lat, zone.lng) }))
      .filter(({ metres }) => metres <= radius)
      .toSorted((a, b) => a.metres - b.metres || (a.id < b.id ? -1 : 1))
      .slice(0, limit)
    const found = nearby(query).zones
    const isRight = (zone: NearbyBody['zones'][number], i: number): boolean => {
      const { id, metres } = expected[i] ?? { id: '', metres: Number.NaN }
      const isHere = zone.id === id || Math.abs(distance(lat, lng, zone.lat, zone.lng) - metres) < ROUNDING
      return isHere && Math.abs(zone.distance - metres) <= 0.05 + ROUNDING
    }
    // One comparison for all zones: there are hundreds of thousands.
    const wrong = found.filter((zone, i) => !isRight(zone, i))
    const ids = new Set(found.map(({ id }) => id))
    expect([ids.size, found.length, wrong], JSON.stringify(query)).toEqual([expected.length, expected.length, []])
  }

  function randomNearby(): NearbyQuery {
    const some = <T>(values: readonly T[]): T | undefined => values[Math.floor(random() * values.length * 3)]
    const choice = { radius: some([1, 300, 5_000, 50_000]), limit: some([1, 3, 100]), vehicle: some(VEHICLES) }
    const stated = Object.entries({ ...choice, ...randomFilters(random) }).filter(([, value]) => value !== undefined)
    return { ...scatteredPlace(random), ...Object.fromEntries(stated) }
  }

  function randomBox(): [west: number, south: number, east: number, north: number] {
    const middle = scatteredPlace(random)
    const [width, height] = [random() ** 3 * 180, random() ** 3 * 60]
    const wrap = (lng: number): number => (lng > 180 ? lng - 360 : lng < -180 ? lng + 360 : lng)
    const clip = (lat: number): number => Math.max(-90, Math.min(90, lat))
    return [wrap(middle.lng - width), clip(middle.lat - height), wrap(middle.lng + width), clip(middle.lat + height)]
  }

  function idsInBox([west, south, east, north]: readonly [number, number, number, number]): string[] {
    const holds = ({ lat, lng }: PlacedZone): boolean =>
      lat >= south && lat <= north && (west <= east ? lng >= west && lng <= east : lng >= west || lng <= east)
    return [...zones.values()].flatMap((zone) => (holds(zone) ? [zone.id] : [])).toSorted()
  }

  function searchEverything(nearbyQueries: number, boxes: number): void {
    for (let i = 0; i < nearbyQueries * share; i += 1) expectNearby(randomNearby())
    for (let i = 0; i < boxes * share; i += 1) {
      const box = randomBox()
      const limit = 1 + Math.floor(random() * 500)
      const filters = randomFilters(random)
      const page = area({ bbox: box.join(','), limit, ...filters })
      const isAskedFor = askedFor(filters)
      const expected = idsInBox(box).filter((id) => isAskedFor(zones.get(id)))
      expect(page.zones.map(({ id }) => id)).toEqual(expected.slice(0, limit))
      expect(page.nextCursor === null).toBe(expected.length <= limit)
    }
  }

  async function change(changed: readonly PlacedZone[], retired: readonly string[]): Promise<void> {
    const { eventLog, tail } = at().service.context
    await seedZones(eventLog, [...changed, ...retired.map((id) => ({ id, status: 'retired' as const }))])
    await tail.catchUp()
    for (const zone of changed) zones.set(zone.id, zone)
    for (const id of retired) zones.delete(id)
  }

  it('the board equals the database', () => {
    expect(at().service.context.board.zones()).toBe(ZONES)
  })

  it('nearby and area searches equal brute force, in the same order', { timeout: 120_000 }, () => {
    searchEverything(3_000, 700)
    // The whole world, both sides of the antimeridian, a box without width.
    for (const box of [
      [-180, -90, 180, 90],
      [180, -90, -180, 90],
      [0, -90, 0, 90],
    ] as const) {
      expect(area({ bbox: box.join(','), limit: 500 }).zones.map(({ id }) => id)).toEqual(idsInBox(box).slice(0, 500))
    }
  })

  it('all pages of an area together equal the area, in the order of ids', () => {
    for (let i = 0; i < 200 * share; i += 1) {
      const box = randomBox()
      const limit = 5 + Math.floor(random() * 300)
      const ids: string[] = []
      let cursor: string | null = null
      do {
        const page = area({ bbox: box.join(','), limit, ...(cursor === null ? {} : { cursor }) })
        if (page.nextCursor !== null) expect(page.zones).toHaveLength(limit)
        ids.push(...page.zones.map(({ id }) => id))
        cursor = page.nextCursor
      } while (cursor !== null)
      expect(ids).toEqual(idsInBox(box))
    }
  })

  it('pages are linked, also over HTTP', async () => {
    const ids: string[] = []
    let path: string | undefined = '/v1/zones?bbox=170,-90,-170,90&limit=100'
    while (path !== undefined) {
      const answer = await at().get(path)
      ids.push(...((await answer.json()) as AreaBody).zones.map(({ id }) => id))
      path = /^<([^>]+)>; rel="next"$/.exec(answer.headers.get('link') ?? '')?.[1]
    }
    expect(ids).toEqual(idsInBox([170, -90, -170, 90]))
  })

  it('are right after zones moved, were removed or added since the index was built', { timeout: 120_000 }, async () => {
    const known = [...zones.values()]
    const moved = known.slice(0, 200).map((zone) => ({ ...zone, ...scatteredPlace(random) }))
    const retired = known.slice(200, 300).map(({ id }) => id)
    await change([...moved, ...scatteredZones(random, 100, 'y')], retired)
    expect(at().service.context.board.zones()).toBe(zones.size)
    searchEverything(1_500, 400)
  })

  it('are right after so many changes that the index was rebuilt', { timeout: 120_000 }, async () => {
    const known = [...zones.values()]
    const back = known.slice(0, 800).map((zone) => ({ ...zone, ...scatteredPlace(random) }))
    await change(
      [...back, ...scatteredZones(random, 400, 'x')],
      known.slice(900, 1_300).map(({ id }) => id),
    )
    searchEverything(1_500, 400)
  })
})
