import type { LngLat } from '@kickstand/domain'

/**
 * The town is generated on a plane in metres, with x to the east and y to the north of its centre, and projected to
 * degrees at the end.
 */
export type Point = readonly [x: number, y: number]
export type Ring = readonly Point[]

/** Open sea in the North Atlantic, 700 km from any coast, so that the town cannot be mistaken for a real one. */
export const TOWN_CENTER: LngLat = [-22.5, 45.5]

const METRES_PER_DEGREE = 111_194.93
const METRES_PER_DEGREE_LNG = METRES_PER_DEGREE * Math.cos((TOWN_CENTER[1] * Math.PI) / 180)

/** Degrees to 7 decimals, about a centimetre. */
export function toLngLat([x, y]: Point): LngLat {
  return [round7(TOWN_CENTER[0] + x / METRES_PER_DEGREE_LNG), round7(TOWN_CENTER[1] + y / METRES_PER_DEGREE)]
}

export function toPlane([lng, lat]: LngLat): Point {
  return [(lng - TOWN_CENTER[0]) * METRES_PER_DEGREE_LNG, (lat - TOWN_CENTER[1]) * METRES_PER_DEGREE]
}

function round7(degrees: number): number {
  return Math.round(degrees * 1e7) / 1e7
}

export function distance(a: Point, b: Point): number {
  return Math.sqrt((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2)
}

/** The point `metres` from `a` in the direction `angle` (radians, counter-clockwise from east). */
export function step(a: Point, angle: number, metres: number): Point {
  return [a[0] + Math.cos(angle) * metres, a[1] + Math.sin(angle) * metres]
}

/** `along` metres ahead of `a` and `left` metres to the left of the direction `angle`. */
export function beside(a: Point, angle: number, along: number, left: number): Point {
  return step(step(a, angle, along), angle + Math.PI / 2, left)
}

export function angleOf(a: Point, b: Point): number {
  return Math.atan2(b[1] - a[1], b[0] - a[0])
}

export function between2([ax, ay]: Point, [bx, by]: Point, t: number): Point {
  return [ax + (bx - ax) * t, ay + (by - ay) * t]
}

/** A rectangle around `center`, rotated by `angle`; its four corners counter-clockwise. */
export function rectangle(center: Point, angle: number, length: number, depth: number): Point[] {
  return [
    beside(center, angle, -length / 2, -depth / 2),
    beside(center, angle, length / 2, -depth / 2),
    beside(center, angle, length / 2, depth / 2),
    beside(center, angle, -length / 2, depth / 2),
  ]
}

/** Square metres, positive for a counter-clockwise ring. */
export function signedArea(ring: Ring): number {
  let twice = 0
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++)
    twice += ring[j][0] * ring[i][1] - ring[i][0] * ring[j][1]
  return twice / 2
}

/** The centre of mass of a ring; its first corner where it has no area. */
export function centroid(ring: Ring): Point {
  let x = 0
  let y = 0
  const area = signedArea(ring)
  if (area === 0) return ring[0]
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const cross = ring[j][0] * ring[i][1] - ring[i][0] * ring[j][1]
    x += (ring[j][0] + ring[i][0]) * cross
    y += (ring[j][1] + ring[i][1]) * cross
  }
  return [x / (6 * area), y / (6 * area)]
}

/** Whether a point is inside a ring. */
export function contains(ring: Ring, [x, y]: Point): boolean {
  let inside = false
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const a = ring[i]
    const b = ring[j]
    if (a[1] > y !== b[1] > y && x < ((b[0] - a[0]) * (y - a[1])) / (b[1] - a[1]) + a[0]) inside = !inside
  }
  return inside
}

export function distanceToSegment(p: Point, a: Point, b: Point): number {
  return Math.sqrt(squaredToSegment(p[0], p[1], a, b))
}

export function distanceToLine(p: Point, line: readonly Point[]): number {
  let least = Infinity
  for (let i = 1; i < line.length; i++) least = Math.min(least, squaredToSegment(p[0], p[1], line[i - 1], line[i]))
  return Math.sqrt(least)
}

/** The squared distance: generation spends most of its time here, and square roots are slow. */
function squaredToSegment(px: number, py: number, a: Point, b: Point): number {
  const dx = b[0] - a[0]
  const dy = b[1] - a[1]
  const length2 = dx * dx + dy * dy
  const t = length2 === 0 ? 0 : Math.min(1, Math.max(0, ((px - a[0]) * dx + (py - a[1]) * dy) / length2))
  const x = px - a[0] - t * dx
  const y = py - a[1] - t * dy
  return x * x + y * y
}

/** The crossing of two segments, as fractions of their lengths, or null. */
export function crossing(a: Point, b: Point, c: Point, d: Point): { t: number; u: number } | null {
  const rx = b[0] - a[0]
  const ry = b[1] - a[1]
  const sx = d[0] - c[0]
  const sy = d[1] - c[1]
  const cross = rx * sy - ry * sx
  if (Math.abs(cross) < 1e-9) return null
  const t = ((c[0] - a[0]) * sy - (c[1] - a[1]) * sx) / cross
  const u = ((c[0] - a[0]) * ry - (c[1] - a[1]) * rx) / cross
  return t >= 0 && t <= 1 && u >= 0 && u <= 1 ? { t, u } : null
}

export function lineLength(line: readonly Point[]): number {
  let sum = 0
  for (let i = 1; i < line.length; i++) sum += distance(line[i - 1], line[i])
  return sum
}

/** A smooth line through the points (Catmull–Rom), with a point about every `spacing` metres. */
export function smoothLine(points: readonly Point[], spacing: number): Point[] {
  const out: Point[] = []
  for (let i = 0; i + 1 < points.length; i++) {
    const p0 = points[Math.max(0, i - 1)]
    const p1 = points[i]
    const p2 = points[i + 1]
    const p3 = points[Math.min(points.length - 1, i + 2)]
    const n = Math.max(1, Math.round(distance(p1, p2) / spacing))
    for (let k = 0; k < n; k++) out.push([spline(p0, p1, p2, p3, k / n, 0), spline(p0, p1, p2, p3, k / n, 1)])
  }
  out.push(points[points.length - 1])
  return out
}

function spline(p0: Point, p1: Point, p2: Point, p3: Point, t: number, axis: 0 | 1): number {
  const [a, b, c, d] = [p0[axis], p1[axis], p2[axis], p3[axis]]
  return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t * t * t)
}

/** The line shifted to its left by `left(i)` metres at each point. */
export function offsetLine(line: readonly Point[], left: (index: number) => number): Point[] {
  return line.map((point, i) => {
    const angle = angleOf(line[Math.max(0, i - 1)], line[Math.min(line.length - 1, i + 1)])
    return beside(point, angle, 0, left(i))
  })
}
