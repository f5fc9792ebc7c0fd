import { between, type Random } from '#features/demo/random.ts'
import { distanceField, type DistanceField } from './distance-field.ts'
import {
  angleOf,
  between2,
  contains,
  distance,
  distanceToLine,
  offsetLine,
  smoothLine,
  step,
  type Point,
  type Ring,
} from './plane.ts'

/** Metres from the centre of the map to the edge of possible land. */
export const ISLAND_REACH = 3900

export type Land = {
  /** The island's shore, counter-clockwise. */
  readonly shore: Ring
  /** The point where the river meets the bay, and the direction from there to the sea. */
  readonly bayHead: Point
  readonly bayAngle: number
  /** The centre line of the bay, from its head to the open sea. */
  readonly bay: readonly Point[]
  /** The centre line of the river, from the hills to the bay. */
  readonly river: readonly Point[]
  readonly riverArea: Ring
  /** Half the river's width at a point of its line, in metres. */
  riverHalfWidth(index: number): number
  /** Metres to the shore, negative at sea. */
  readonly fromSea: DistanceField
  /** Metres to the centre line of the river. */
  readonly fromRiver: DistanceField
}

const BAY_HEAD_RADIUS = 330

/** Generates an island with a long bay from the south. A river flows into its head, the harbour of the town. */
export function makeLand(random: Random): Land {
  const bayAngle = -Math.PI / 2 + between(random, -0.12, 0.25)
  const { middle: bay, west, east } = makeBay(random, bayAngle)
  const shore = makeShore(random, west, east)
  const bayHead = step([0, 0], bayAngle, BAY_HEAD_RADIUS)
  const river = makeRiver(random, bayHead, bayAngle)
  const riverHalfWidth = (index: number): number => 7 + 9 * (index / (river.length - 1)) ** 2
  const left = offsetLine(river, riverHalfWidth)
  const right = offsetLine(river, (i) => -riverHalfWidth(i))
  const closed = [...shore, shore[0]]
  return {
    shore,
    bayHead,
    bayAngle,
    bay,
    river,
    riverArea: [...left, ...right.toReversed()],
    riverHalfWidth,
    fromSea: distanceField(ISLAND_REACH, (p) => distanceToLine(p, closed) * (contains(shore, p) ? 1 : -1)),
    fromRiver: distanceField(ISLAND_REACH, (p) => distanceToLine(p, river)),
  }
}

function makeShore(random: Random, west: readonly Point[], east: readonly Point[]): Point[] {
  const waves = [2, 3, 5, 9, 17].map((k) => ({ k, height: 0.13 / k ** 0.85, phase: between(random, 0, 2 * Math.PI) }))
  const island: Point[] = []
  for (let i = 0; i < 300; i++) {
    const angle = (i / 300) * 2 * Math.PI
    const wave = waves.reduce((sum, { k, height, phase }) => sum + height * Math.sin(k * angle + phase), 0)
    island.push(step([0, 0], angle, 2700 * (1 + wave)))
  }
  const water = [...west, ...east.toReversed()]
  const outside = island.map((point) => !contains(water, point))
  // Counter-clockwise from the far side of the bay to its near side, then in along the near side and out along the far
  // one.
  const first = outside.findIndex((isOutside, i) => isOutside && !outside[(i + island.length - 1) % island.length])
  const ground: Point[] = []
  for (let i = 0; i < island.length; i++) {
    const j = (first + i) % island.length
    if (outside[j]) ground.push(island[j])
  }
  const inIsland = (point: Point): boolean => contains(island, point)
  return rounded([...ground, ...west.filter(inIsland).toReversed(), ...east.filter(inIsland)])
}

type Bay = { readonly middle: Point[]; readonly west: Point[]; readonly east: Point[] }

/** The bay from its head to the open sea: a narrow head, a wide harbour, narrows, a wide mouth. */
function makeBay(random: Random, bayAngle: number): Bay {
  const bend = between(random, 0.25, 0.5) * (random() < 0.5 ? 1 : -1)
  const middle: Point[] = []
  let at = step([0, 0], bayAngle, BAY_HEAD_RADIUS)
  for (let i = 0; i < 60; i++) {
    middle.push(at)
    at = step(at, bayAngle + bend * Math.sin(i / 13), 60)
  }
  const ripple = [between(random, 0, 6), between(random, 0, 6)]
  const half = (i: number, side: number): number => {
    const wide =
      55 + 230 * (1 - Math.exp(-i / 5)) - 95 * Math.exp(-(((i - 21) / 5) ** 2)) + 5 * Math.max(0, i - 24) ** 1.3
    return wide * (1 + 0.1 * Math.sin(i / 2.3 + ripple[side]) + 0.06 * Math.sin(i * 1.1 + ripple[1 - side]))
  }
  return { middle, west: offsetLine(middle, (i) => -half(i, 0)), east: offsetLine(middle, (i) => half(i, 1)) }
}

/** The ring with its corners cut (Chaikin). */
function rounded(ring: Ring): Point[] {
  return ring.flatMap((point, i) => {
    const next = ring[(i + 1) % ring.length]
    return [between2(point, next, 0.25), between2(point, next, 0.75)]
  })
}

function makeRiver(random: Random, bayHead: Point, bayAngle: number): Point[] {
  const inland = bayAngle + Math.PI
  const bends: Point[] = [step(bayHead, bayAngle, 5), bayHead]
  let at = bayHead
  for (let i = 1; i <= 9; i++) {
    const swing = (i % 2 === 0 ? 1 : -1) * between(random, 0.15, 0.6) * Math.min(1, i / 3)
    at = step(at, inland + swing + 0.05 * i, between(random, 170, 290))
    bends.push(at)
  }
  return smoothLine(bends.toReversed(), 14)
}

/** The direction of the river's flow nearest to a point, in radians. */
export function riverAngle(land: Land, point: Point): number {
  let nearest = 1
  for (let i = 1; i < land.river.length; i++)
    if (distance(land.river[i], point) < distance(land.river[nearest], point)) nearest = i
  return angleOf(land.river[nearest - 1], land.river[nearest])
}
