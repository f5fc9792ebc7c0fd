import { between, shuffled, type Random } from '#features/demo/random.ts'
import type { Land } from './land.ts'
import { angleOf, distance, distanceToLine, lineLength, step, type Point } from './plane.ts'
import { segmentIndex, type SegmentIndex } from './segment-index.ts'
import type { StreetField } from './street-field.ts'
import { traceStreet, type Tracing } from './trace-street.ts'

/** From wide to narrow; `quay` runs along the harbour, `ring` around the island. */
export const STREET_RANKS = ['ring', 'avenue', 'quay', 'street', 'lane'] as const
export type StreetRank = (typeof STREET_RANKS)[number]

/** Half the width of the carriageway in metres. */
export const HALF_WIDTH: Readonly<Record<StreetRank, number>> = {
  ring: 5.5,
  avenue: 6.5,
  quay: 5,
  street: 4.5,
  lane: 3.4,
}

export type PlainStreet = { readonly rank: StreetRank; readonly line: readonly Point[] }
export type StreetPlan = { readonly streets: readonly PlainStreet[]; readonly placed: SegmentIndex }

/** The distance from the centre: 0 at the market, 1 at the edge of the town. */
export type TownEdge = (point: Point) => number

export type Site = {
  readonly random: Random
  readonly land: Land
  readonly field: StreetField
  readonly rail: readonly Point[]
  readonly edge: TownEdge
  /** Areas without streets: the large parks. */
  readonly commons: readonly Common[]
}

export type Common = { readonly center: Point; readonly radius: number }

/** Generates the streets, main ones first; each rank fills the gaps of the one before. */
export function layStreets(site: Site): StreetPlan {
  const { random, land, field, edge, commons } = site
  const placed = segmentIndex()
  const streets: PlainStreet[] = []

  function add(rank: StreetRank, line: readonly Point[]): void {
    placed.add(streets.length, line)
    streets.push({ rank, line })
  }

  const built = (p: Point): boolean => commons.every((common) => distance(common.center, p) > common.radius)

  for (const line of alongShore(land, 34, (p) => edge(p) < 1.05 && nearHarbour(land, p))) add('quay', line)
  for (const line of alongShore(land, 300, () => true)) add('ring', line)

  const fill = (rank: StreetRank, spacing: number, tracing: Omit<Tracing, 'field' | 'placed'>): void => {
    for (const seed of seedPoints(random, 2200, spacing).filter((point) => edge(point) < 1))
      for (const arm of [0, 1] as const) {
        const line = traceStreet({ field, placed, ...tracing }, seed, arm)
        if (line && lineLength(line) > spacing * 0.85) add(rank, line)
      }
  }
  fill('avenue', 430, {
    maxLength: 6000,
    // Some continue through the country to the road around the island.
    separation: (p) => 400 + 700 * Math.max(0, edge(p) - 1),
    allowed: (p) => land.fromSea.at(p) > 60,
  })
  fill('street', 190, {
    maxLength: 2400,
    separation: (p) => 150 + 60 * edge(p),
    allowed: (p) => edge(p) < 1.02 && land.fromSea.at(p) > 42 && built(p),
  })
  fill('lane', 74, {
    maxLength: 900,
    separation: (p) => 54 + 46 * edge(p) ** 1.5,
    allowed: (p) =>
      edge(p) < 0.96 &&
      built(p) &&
      land.fromSea.at(p) > 26 &&
      land.fromRiver.at(p) > 24 &&
      distanceToLine(p, site.rail) > 22,
  })
  return { streets, placed }
}

/** Returns a function for the distance from the centre. */
export function townEdge(random: Random, land: Land, field: StreetField): TownEdge {
  const phases = [between(random, 0, 6), between(random, 0, 6), between(random, 0, 6)]
  return (point) => {
    const nearest = Math.min(distance(point, field.oldTown) - 80, distance(point, field.newTown))
    const angle = angleOf(land.bayHead, point)
    const reach =
      1150 *
      (1 +
        0.16 * Math.sin(2 * angle + phases[0]) +
        0.12 * Math.sin(3 * angle + phases[1]) +
        0.07 * Math.sin(5 * angle + phases[2]))
    return Math.max(0, nearest) / reach
  }
}

function nearHarbour(land: Land, point: Point): boolean {
  return distance(point, land.bayHead) < 1500
}

/** Lines at a distance of `metres` from the shore, in pieces where `allowed` holds. */
function alongShore(land: Land, metres: number, allowed: (point: Point) => boolean): Point[][] {
  const start = followStart(land, metres)
  const pieces: Point[][] = []
  let piece: Point[] = []
  let at = start
  for (let i = 0; i < 3000; i++) {
    if (allowed(at)) piece.push(at)
    else if (piece.length > 0) {
      if (piece.length > 8) pieces.push(piece)
      piece = []
    }
    const inland = land.fromSea.uphill(at)
    const ahead = step(at, inland - Math.PI / 2, 12)
    at = step(ahead, land.fromSea.uphill(ahead), Math.max(-6, Math.min(6, metres - land.fromSea.at(ahead))))
    if (i > 40 && distance(at, start) < 13) break
  }
  if (piece.length > 8) pieces.push(allowed(start) && pieces.length === 0 ? [...piece, start] : piece)
  return pieces
}

/** A point at that distance from the shore, far from the harbour, so that no line along the quays is cut in two. */
function followStart(land: Land, metres: number): Point {
  let at: Point = step([0, 0], land.bayAngle + Math.PI, 1500)
  for (let i = 0; i < 2000; i++) {
    const missing = metres - land.fromSea.at(at)
    if (Math.abs(missing) < 1) break
    at = step(at, land.fromSea.uphill(at), Math.max(-20, Math.min(20, missing)))
  }
  return at
}

function seedPoints(random: Random, reach: number, spacing: number): Point[] {
  const points: Point[] = []
  for (let x = -reach; x < reach; x += spacing)
    for (let y = -reach; y < reach; y += spacing)
      points.push([x + between(random, 0, spacing), y + between(random, 0, spacing)])
  return shuffled(random, points)
}

/** The large parks: by the river behind the old town, by the harbour, and in the new town. */
export function layCommons(random: Random, land: Land, field: StreetField): Common[] {
  const bend = land.river[Math.floor(land.river.length * between(random, 0.5, 0.62))]
  return [
    { center: step(bend, angleOf(bend, field.oldTown), 150), radius: 115 },
    { center: step(field.newTown, between(random, 0, 6.28), 470), radius: 95 },
    { center: step(field.oldTown, angleOf(land.bayHead, field.oldTown) + between(random, -0.7, 0.7), 560), radius: 85 },
  ]
}

/** The railway, from the station at the edge of the new town to the far side of the island. */
export function layRail(random: Random, land: Land, field: StreetField): Point[] {
  const away = angleOf(land.bayHead, field.newTown)
  const inland = land.bayAngle + Math.PI
  const turn = Math.sign(Math.sin(inland - away)) || 1
  const points: Point[] = [step(field.newTown, away + turn * 0.9, 330)]
  let angle = away + turn * between(random, 0.1, 0.3)
  let at = points[0]
  for (let i = 0; i < 9; i++) {
    at = step(at, angle, 240)
    if (land.fromSea.at(at) < 260) break
    points.push(at)
    angle += turn * between(random, 0.05, 0.24)
  }
  return points
}
