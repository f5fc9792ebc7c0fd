import type { LngLat, SourceInfo, SourceZone, ZoneFacts } from '@kickstand/domain'
import { seededRandom } from './random.ts'
import { zoneFacts } from './town/zone-facts.ts'
import { toLngLat, type Point } from './town/plane.ts'
import { planTown, TOWN_NAME, type TownPlan } from './town/town-plan.ts'

export { TOWN_NAME }

export const DEMO_SOURCE: SourceInfo = {
  id: 'demo',
  name: `${TOWN_NAME}, a simulated town`,
  licence: 'CC0-1.0',
  licenceUrl: 'https://creativecommons.org/publicdomain/zero/1.0/',
  attribution: `${TOWN_NAME} is simulated: no such town, no such parking`,
  url: null,
  simulated: true,
}

export const DEFAULT_DEMO_SEED = 7

/** The source's name contains the seed, so that the town can be generated again from the database alone. */
function sourceOf(seed: number): SourceInfo {
  return { ...DEMO_SOURCE, name: `${DEMO_SOURCE.name} (seed ${seed})` }
}

/** The seed in the name of the town's source; the default where there is none. */
export function seedOfSource(name: string): number {
  const seed = /\(seed (\d+)\)$/.exec(name)?.[1]
  return seed === undefined ? DEFAULT_DEMO_SEED : Number(seed)
}

/** A simulated town on an island in the ocean, with its zones as in a data source. */
export type DemoTown = {
  readonly seed: number
  readonly name: string
  /** Bounds in degrees: west, south, east, north. All land is inside. */
  readonly bounds: readonly [west: number, south: number, east: number, north: number]
  /** The head of the harbour: the default view of the map. */
  readonly center: LngLat
  readonly plan: TownPlan
  readonly zones: readonly SourceZone[]
  readonly source: SourceInfo
}

/** Generates the town of a seed, a whole number. Takes about a second; the same seed always gives the same town. */
export function demoTown(seed: number): DemoTown {
  const plan = planTown(seed)
  const random = seededRandom(seed + 2)
  const zones = withOwnNames(plan.zones.map((place) => zoneFacts(random, place))).map((facts, i) => ({
    ref: `z${String(i + 1).padStart(3, '0')}`,
    facts,
  }))
  return {
    seed,
    name: TOWN_NAME,
    bounds: boundsOf(plan.land.shore),
    center: toLngLat(plan.land.bayHead),
    plan,
    zones,
    source: sourceOf(seed),
  }
}

let last: DemoTown | null = null

/** The same, kept: a server with an empty database fills it with the town, then needs the town for its riders and map. */
export function keptDemoTown(seed: number): DemoTown {
  if (last?.seed !== seed) last = demoTown(seed)
  return last
}

/** Numbers repeated names, so that no list shows a name twice. */
function withOwnNames(list: readonly ZoneFacts[]): ZoneFacts[] {
  const seen = new Map<string, number>()
  return list.map((facts) => {
    if (facts.name === null) return facts
    const times = (seen.get(facts.name) ?? 0) + 1
    seen.set(facts.name, times)
    return times === 1 ? facts : { ...facts, name: `${facts.name} (${times})` }
  })
}

function boundsOf(ring: readonly Point[]): [number, number, number, number] {
  const margin = 400
  const xs = ring.map(([x]) => x)
  const ys = ring.map(([, y]) => y)
  const [west, south] = toLngLat([Math.min(...xs) - margin, Math.min(...ys) - margin])
  const [east, north] = toLngLat([Math.max(...xs) + margin, Math.max(...ys) + margin])
  return [west, south, east, north]
}
