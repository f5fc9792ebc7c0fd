import { between, chance, type Random } from '#features/demo/random.ts'
import type { Land } from './land.ts'
import {
  angleOf,
  between2,
  beside,
  contains,
  distance,
  distanceToLine,
  rectangle,
  type Point,
  type Ring,
} from './plane.ts'
import type { SegmentIndex } from './segment-index.ts'
import { HALF_WIDTH, type PlainStreet, type TownEdge } from './streets.ts'
import type { UsedBlock } from './uses.ts'

export type Building = { readonly ring: Ring; readonly center: Point; readonly height: number }

type Site = {
  readonly random: Random
  readonly land: Land
  readonly edge: TownEdge
  readonly rail: readonly Point[]
  readonly streets: readonly PlainStreet[]
  readonly placed: SegmentIndex
  readonly uses: readonly UsedBlock[]
  /** Built-up ground: lots, sheds and garages. */
  readonly taken: readonly Building[]
}

/** Cell size in metres. No building is longer, so that neighbours are in adjacent cells. */
const CELL = 48
const OPEN_GROUND = new Set(['square', 'park', 'cemetery', 'stadium'])

/** Houses along the streets: terraced in the centre, with gardens between them further out. */
export function buildHouses(site: Site): Building[] {
  const { random, edge, streets } = site
  const standing = new Map<string, Building[]>()
  const buildings: Building[] = []
  const open = site.uses.filter((block) => OPEN_GROUND.has(block.use))

  function neighboursOf([x, y]: Point): Building[] {
    const found: Building[] = []
    for (let c = -1; c <= 1; c++)
      for (let r = -1; r <= 1; r++)
        found.push(...(standing.get(`${Math.floor(x / CELL) + c},${Math.floor(y / CELL) + r}`) ?? []))
    return found
  }

  function stand(building: Building): void {
    const key = `${Math.floor(building.center[0] / CELL)},${Math.floor(building.center[1] / CELL)}`
    standing.set(key, [...(standing.get(key) ?? []), building])
  }

  function tryBuild(center: Point, angle: number, width: number, depth: number): void {
    const ring = rectangle(center, angle, width, depth)
    if (!isFree(site, open, center, ring)) return
    if (neighboursOf(center).some((other) => overlap(ring, other.ring))) return
    const inTown = Math.max(0, 1 - edge(center))
    const height = Math.round(between(random, 4, 7.5) + inTown ** 1.5 * between(random, 5, 17))
    const building = { ring, center, height }
    stand(building)
    buildings.push(building)
  }

  for (const building of site.taken) stand(building)

  for (const { rank, line } of streets)
    for (const side of [1, -1])
      for (const lot of lotsAlong(random, line, edge)) {
        if (edge(lot.at) > 1.02 || !chance(random, lot.density)) continue
        const left = side * (HALF_WIDTH[rank] + lot.setback + lot.depth / 2)
        tryBuild(beside(lot.at, lot.angle, 0, left), lot.angle, lot.width, lot.depth)
      }
  return buildings
}

type Lot = {
  readonly at: Point
  readonly angle: number
  readonly width: number
  readonly depth: number
  readonly setback: number
  readonly density: number
}

function* lotsAlong(random: Random, line: readonly Point[], edge: TownEdge): Generator<Lot> {
  let start = between(random, 0, 8)
  let width = between(random, 10, 18)
  for (let i = 1; i < line.length; i++) {
    const [a, b] = [line[i - 1], line[i]]
    const length = distance(a, b)
    while (start + width / 2 < length) {
      const at = between2(a, b, (start + width / 2) / length)
      const out = Math.min(1, edge(at))
      const rows = out < 0.45
      yield {
        at,
        angle: angleOf(a, b),
        width,
        depth: rows ? between(random, 12, 17) : between(random, 9, 12.5),
        setback: rows ? 2.6 : between(random, 3.5, 3.5 + 4.5 * out),
        density: 0.97 - 0.35 * out ** 3,
      }
      start += width + (rows ? 0.4 : between(random, 2, 3 + 8 * out))
      width = between(random, 9, 17) + (1 - out) * between(random, 0, 5)
    }
    start -= length
  }
}

function isFree({ land, rail, placed }: Site, open: readonly UsedBlock[], center: Point, ring: Ring): boolean {
  if (land.fromSea.at(center) < 16 || land.fromRiver.at(center) < 30) return false
  if (distanceToLine(center, rail) < 18) return false
  // More than half the widest street, so that corner houses stay off the crossing.
  if ([center, ...ring].some((corner) => placed.nearestWithin(corner, 8.6) < 6)) return false
  return !open.some((block) => contains(block.ring, center))
}

/** Whether two convex rings overlap (separating axes). */
function overlap(one: Ring, two: Ring): boolean {
  for (const ring of [one, two])
    for (let i = 0; i < 2; i++) {
      const [nx, ny] = [ring[i + 1][1] - ring[i][1], ring[i][0] - ring[i + 1][0]]
      const a = one.map(([x, y]) => x * nx + y * ny)
      const b = two.map(([x, y]) => x * nx + y * ny)
      if (Math.max(...a) <= Math.min(...b) || Math.max(...b) <= Math.min(...a)) return false
    }
  return true
}
