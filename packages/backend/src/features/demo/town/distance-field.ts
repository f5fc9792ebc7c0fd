import type { Point } from './plane.ts'

export type DistanceField = {
  /** The distance at the point, in metres. */
  at(point: Point): number
  /** The direction, in radians, in which the distance grows fastest. */
  uphill(point: Point): number
}

const CELL = 24

/** Caches a slow distance function on a lattice, filled on demand, with interpolation between its points. */
export function distanceField(halfWidth: number, exact: (point: Point) => number): DistanceField {
  const side = Math.ceil((2 * halfWidth) / CELL) + 2
  const values = new Float32Array(side * side).fill(Number.NaN)

  function corner(column: number, row: number): number {
    const c = Math.min(side - 1, Math.max(0, column))
    const r = Math.min(side - 1, Math.max(0, row))
    const i = r * side + c
    if (Number.isNaN(values[i])) values[i] = exact([c * CELL - halfWidth, r * CELL - halfWidth])
    return values[i]
  }

  function at([x, y]: Point): number {
    const column = (x + halfWidth) / CELL
    const row = (y + halfWidth) / CELL
    const c = Math.floor(column)
    const r = Math.floor(row)
    const tx = column - c
    const ty = row - r
    const below = corner(c, r) * (1 - tx) + corner(c + 1, r) * tx
    const above = corner(c, r + 1) * (1 - tx) + corner(c + 1, r + 1) * tx
    return below * (1 - ty) + above * ty
  }

  function uphill([x, y]: Point): number {
    const dx = at([x + CELL, y]) - at([x - CELL, y])
    const dy = at([x, y + CELL]) - at([x, y - CELL])
    return Math.atan2(dy, dx)
  }

  return { at, uphill }
}
