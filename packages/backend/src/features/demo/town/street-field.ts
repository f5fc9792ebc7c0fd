import { between, type Random } from '#features/demo/random.ts'
import { riverAngle, type Land } from './land.ts'
import { angleOf, distance, step, type Point } from './plane.ts'

/**
 * The directions of streets, after Chen and others, "Interactive procedural street modeling" (2008): a field of
 * crosses, the weighted sum of a grid, rings and the lines of the shore. Streets follow one of the two arms.
 */
export type StreetField = {
  /** The direction of the first arm in radians; the second is perpendicular. */
  angle(point: Point): number
  readonly oldTown: Point
  readonly newTown: Point
}

type Basis = { weight(point: Point): number; angle(point: Point): number }

/** A field for this land: the same random numbers make the same streets. */
export function makeStreetField(random: Random, land: Land): StreetField {
  const acrossBay = land.bayAngle + Math.PI / 2
  const side = random() < 0.5 ? 0 : Math.PI
  const oldTown = step(land.bayHead, acrossBay + side + 0.35 * (side === 0 ? 1 : -1), 400)
  const newTown = step(land.bayHead, acrossBay + side + Math.PI - 0.75 * (side === 0 ? 1 : -1), 720)
  const grid = between(random, -0.35, 0.35)
  const suburbs = between(random, 0, Math.PI / 2)
  const drift = [0, 1, 2].map(() => ({ way: between(random, 0, 2 * Math.PI), shift: between(random, 0, 9) }))

  const bases: Basis[] = [
    // Rings and radial streets around the old market.
    { weight: (p) => 2.4 * bell(distance(p, oldTown), 420), angle: (p) => angleOf(oldTown, p) + Math.PI / 2 },
    // The planned quarter with straight streets.
    { weight: (p) => 2 * bell(distance(p, newTown), 560), angle: () => grid },
    // Along the shore and along the river.
    { weight: (p) => 1.7 * bell(land.fromSea.at(p), 190), angle: (p) => land.fromSea.uphill(p) + Math.PI / 2 },
    { weight: (p) => 0.9 * bell(land.fromRiver.at(p), 120), angle: (p) => riverAngle(land, p) },
    // Elsewhere streets vary smoothly.
    {
      weight: () => 0.16,
      angle: ([x, y]) =>
        suburbs +
        drift.reduce((sum, d) => sum + 0.5 * Math.sin((x * Math.cos(d.way) + y * Math.sin(d.way)) / 420 + d.shift), 0),
    },
  ]

  return {
    oldTown,
    newTown,
    angle(point) {
      // A cross is the same after a quarter turn, so four times the angles are summed.
      let cos = 0
      let sin = 0
      for (const basis of bases) {
        const weight = basis.weight(point)
        if (weight < 0.01) continue
        const angle = basis.angle(point)
        cos += weight * Math.cos(4 * angle)
        sin += weight * Math.sin(4 * angle)
      }
      return Math.atan2(sin, cos) / 4
    },
  }
}

function bell(metres: number, width: number): number {
  return Math.exp(-((metres / width) ** 2))
}
