import type { ZoneKind } from '@kickstand/domain'
import { chance, pickWeighted, shuffled, wholeBetween, type Random } from '#features/demo/random.ts'
import type { Land } from './land.ts'
import {
  angleOf,
  beside,
  between2,
  contains,
  distance,
  distanceToLine,
  distanceToSegment,
  rectangle,
  type Point,
  type Ring,
} from './plane.ts'
import type { SegmentIndex } from './segment-index.ts'
import type { StreetField } from './street-field.ts'
import { HALF_WIDTH, type StreetRank, type TownEdge } from './streets.ts'
import type { UsedBlock } from './uses.ts'

/** A zone on the plane. `capacity` is the true capacity, whether or not the source states it. */
export type ZonePlace = {
  readonly kind: ZoneKind
  readonly center: Point
  /** Direction of the street, in radians. */
  readonly angle: number
  readonly ring: Ring
  readonly capacity: number
  readonly street: string
  /** Metres along the street, for a house number. */
  readonly along: number
  /** 0 at the market, 1 at the edge of the town. */
  readonly out: number
}

type Street = { readonly name: string; readonly rank: StreetRank; readonly line: readonly Point[] }

type Site = {
  readonly random: Random
  readonly land: Land
  readonly field: StreetField
  readonly edge: TownEdge
  readonly rail: readonly Point[]
  readonly streets: readonly Street[]
  readonly placed: SegmentIndex
  readonly uses: readonly (UsedBlock & { readonly name: string })[]
}

/** Number of zones of each kind: 150 in total, most of them bays. */
const COUNTS: readonly (readonly [ZoneKind, number])[] = [
  ['garage', 2],
  ['lot', 13],
  ['shed', 9],
  ['rack', 15],
  ['bay', 111],
]

/** Minimum distance between the centres of two zones, in metres. */
const MIN_ZONE_DISTANCE_M = 42

type Spot = { readonly street: Street; readonly at: Point; readonly angle: number; readonly along: number }

/** Places zones: many around the markets and the harbour, fewer towards the edge. */
export function placeZones(site: Site): ZonePlace[] {
  const { random, edge } = site
  const spots = spotsAlong(site)
  const pulls = attractions(site)
  const zones: ZonePlace[] = []
  for (const [kind, count] of COUNTS) {
    let placed = 0
    // A weighted random order without replacement (Efraimidis and Spirakis): a spot with a lower u^(1/weight) of a
    // uniform u comes later.
    const order = shuffled(random, spots)
      .map((spot) => ({ spot, key: Math.log(1 - random()) / appeal(spot.at, pulls, kind) }))
      .toSorted((a, b) => b.key - a.key)
    for (const { spot } of order) {
      if (placed === count) break
      if (kind === 'garage' && edge(spot.at) > 0.45) continue
      const zone = makePlace(site, spot, kind)
      if (zones.some((other) => distance(other.center, zone.center) < MIN_ZONE_DISTANCE_M) || !fits(site, spot, zone))
        continue
      zones.push(zone)
      placed++
    }
  }
  return zones
}

function spotsAlong({ streets, edge }: Site): Spot[] {
  const spots: Spot[] = []
  for (const street of streets) {
    let along = 0
    for (let i = 1; i < street.line.length; i++) {
      const [a, b] = [street.line[i - 1], street.line[i]]
      along += distance(a, b)
      if (i % 2 === 0 && edge(b) < 0.97) spots.push({ street, at: b, angle: angleOf(a, b), along })
    }
  }
  return spots
}

type Pull = { readonly at: Point; readonly weight: number; readonly width: number }

function attractions({ field, land, rail, uses }: Site): Pull[] {
  const strength: Partial<Record<UsedBlock['use'], number>> = {
    square: 2,
    market: 3,
    university: 2,
    hospital: 2,
    stadium: 1.5,
    park: 0.7,
    school: 0.5,
  }
  return [
    { at: field.oldTown, weight: 5, width: 330 },
    { at: field.newTown, weight: 3, width: 380 },
    { at: land.bayHead, weight: 3, width: 300 },
    { at: rail[0], weight: 3, width: 220 },
    ...uses.map((block) => ({ at: block.center, weight: strength[block.use] ?? 0.3, width: 160 })),
  ]
}

function appeal(point: Point, pulls: readonly Pull[], kind: ZoneKind): number {
  const base = kind === 'bay' || kind === 'lot' ? 0.32 : 0.05
  return (
    base +
    pulls.reduce((sum, { at, weight, width }) => sum + weight * Math.exp(-((distance(at, point) / width) ** 2)), 0)
  )
}

function makePlace({ random, edge }: Site, { street, at, angle, along }: Spot, kind: ZoneKind): ZonePlace {
  const capacity = capacityOf(random, kind)
  const { length, depth, gap } = sizeOf(kind, capacity)
  const side = chance(random, 0.5) ? 1 : -1
  const left = side * (HALF_WIDTH[street.rank] + gap + depth / 2)
  const center = beside(at, angle, 0, left)
  return {
    kind,
    center,
    angle,
    ring: rectangle(center, angle, length, depth),
    capacity,
    street: street.name,
    along,
    out: edge(at),
  }
}

function capacityOf(random: Random, kind: ZoneKind): number {
  if (kind === 'garage') return wholeBetween(random, 40, 96)
  if (kind === 'lot') return wholeBetween(random, 14, 38)
  if (kind === 'shed') return wholeBetween(random, 6, 16)
  if (kind === 'rack') return wholeBetween(random, 4, 10)
  return pickWeighted(random, [
    [3, 1],
    [4, 3],
    [5, 4],
    [6, 4],
    [8, 4],
    [10, 3],
    [12, 2],
    [15, 1],
    [20, 0.6],
  ])
}

/** Length along the street, depth, and distance from the kerb, in metres. A bay is within the carriageway. */
function sizeOf(kind: ZoneKind, capacity: number): { length: number; depth: number; gap: number } {
  if (kind === 'bay') return { length: 0.6 + capacity * 0.95, depth: 2.2, gap: -2.2 }
  if (kind === 'rack') return { length: capacity * 0.8, depth: 2, gap: 0.8 }
  if (kind === 'shed') return { length: 1 + capacity * 0.85, depth: 2.6, gap: 2 }
  if (kind === 'lot') return { length: 4 + capacity * 0.55, depth: 9.5, gap: 3 }
  return { length: 40, depth: 24, gap: 4 }
}

function fits({ land, placed, rail, uses }: Site, { street }: Spot, { ring, center, kind }: ZonePlace): boolean {
  const ground = latticeOf(ring)
  if (ground.some((p) => land.fromSea.at(p) < 10 || land.fromRiver.at(p) < 26)) return false
  if (distanceToLine(center, rail) < 24) return false
  // No parking at a crossing: other streets are at least a car's length away.
  const others = placed.near(center, 50).filter((segment) => !street.line.includes(segment.a))
  const clear = kind === 'bay' || kind === 'rack' ? 9 : 7.5
  if (ground.some((p) => others.some(({ a, b }) => distanceToSegment(p, a, b) < clear))) return false
  if (ground.some((p) => distanceToLine(p, street.line) < HALF_WIDTH[street.rank] - 2.5)) return false
  if (kind === 'bay' || kind === 'rack') return true
  return !uses.some((block) => block.use === 'park' && contains(block.ring, center))
}

/** Points on a grid over a rectangle, its corners included. */
function latticeOf([a, b, c, d]: Ring): Point[] {
  const shares = [0, 0.25, 0.5, 0.75, 1]
  return shares.flatMap((t) => [0, 0.5, 1].map((u) => between2(between2(a, b, t), between2(d, c, t), u)))
}
