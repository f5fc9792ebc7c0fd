import { angleOf, crossing, distance, distanceToSegment, type Point } from './plane.ts'

const CELL = 48

export type Segment = { readonly a: Point; readonly b: Point; readonly street: number }

/** A spatial index of street segments. Segments are expected to be shorter than a cell or two. */
export type SegmentIndex = {
  add(street: number, line: readonly Point[]): void
  near(point: Point, reach: number): Segment[]
  /** The distance to the nearest segment within `reach`, else Infinity. */
  nearestWithin(point: Point, reach: number): number
  /** Whether a street within `reach` of the point has about the same direction (radians). */
  hasParallel(point: Point, angle: number, reach: number): boolean
  /** The first crossing on the way from one point to another. */
  firstCrossing(from: Point, to: Point): Point | null
}

/** An empty index, a grid of cells. */
export function segmentIndex(): SegmentIndex {
  const cells = new Map<number, Segment[]>()
  const key = (column: number, row: number): number => (column + 5000) * 10_000 + row + 5000

  function add(street: number, line: readonly Point[]): void {
    for (let i = 1; i < line.length; i++) {
      const segment = { a: line[i - 1], b: line[i], street }
      forCells(segment.a, segment.b, 0, (k) => {
        const list = cells.get(k)
        if (list) list.push(segment)
        else cells.set(k, [segment])
      })
    }
  }

  function forCells(a: Point, b: Point, margin: number, visit: (key: number) => void): void {
    const east = Math.floor((Math.max(a[0], b[0]) + margin) / CELL)
    const north = Math.floor((Math.max(a[1], b[1]) + margin) / CELL)
    for (let c = Math.floor((Math.min(a[0], b[0]) - margin) / CELL); c <= east; c++)
      for (let r = Math.floor((Math.min(a[1], b[1]) - margin) / CELL); r <= north; r++) visit(key(c, r))
  }

  function near(point: Point, reach: number): Segment[] {
    const found = new Set<Segment>()
    forCells(point, point, reach, (k) => {
      for (const segment of cells.get(k) ?? [])
        if (distanceToSegment(point, segment.a, segment.b) <= reach) found.add(segment)
    })
    return [...found]
  }

  function nearestWithin(point: Point, reach: number): number {
    let least = Infinity
    for (const { a, b } of near(point, reach)) least = Math.min(least, distanceToSegment(point, a, b))
    return least
  }

  function hasParallel(point: Point, angle: number, reach: number): boolean {
    let found = false
    forCells(point, point, reach, (k) => {
      if (found) return
      for (const { a, b } of cells.get(k) ?? []) {
        if (distanceToSegment(point, a, b) > reach) continue
        if (Math.abs(Math.cos(angleOf(a, b) - angle)) < 0.72) continue
        found = true
        return
      }
    })
    return found
  }

  function firstCrossing(from: Point, to: Point): Point | null {
    let first: Point | null = null
    let least = Infinity
    forCells(from, to, 0, (k) => {
      for (const { a, b } of cells.get(k) ?? []) {
        const found = crossing(from, to, a, b)
        if (found === null || found.t >= least) continue
        least = found.t
        first = [a[0] + (b[0] - a[0]) * found.u, a[1] + (b[1] - a[1]) * found.u]
      }
    })
    return first !== null && distance(from, first) > 0 ? first : null
  }

  return { add, near, nearestWithin, hasParallel, firstCrossing }
}
