import { angleOf, between2, distance, step, type Point } from './plane.ts'
import type { SegmentIndex } from './segment-index.ts'
import type { StreetField } from './street-field.ts'

const STEP_M = 9

export type Tracing = {
  readonly field: StreetField
  readonly placed: SegmentIndex
  /** The minimum distance in metres to parallel streets. */
  separation(point: Point): number
  /** Whether a street of this rank is allowed at a point. */
  allowed(point: Point): boolean
  /** Metres, in both directions together. */
  readonly maxLength: number
}

/**
 * Traces a street through a point along one arm of the field, in both directions, until it is not allowed further, is
 * too close to a parallel street, or meets itself. Ends near another street are extended to it. Null where no street
 * fits.
 */
export function traceStreet(tracing: Tracing, start: Point, arm: 0 | 1): Point[] | null {
  const { allowed, placed, separation, field } = tracing
  const heading = field.angle(start) + arm * (Math.PI / 2)
  if (!allowed(start) || placed.hasParallel(start, heading, separation(start))) return null
  const ahead = run(tracing, start, heading)
  const loop = ahead.length > 12 && distance(ahead[ahead.length - 1], start) < STEP_M * 1.6
  if (loop) return [...ahead, start]
  const behind = run(tracing, start, heading + Math.PI)
  const line = [...behind.slice(1).toReversed(), ...ahead]
  return line.length < 4 ? null : joinEnds(tracing, line)
}

function run(tracing: Tracing, start: Point, heading: number): Point[] {
  const { allowed, placed, separation, field, maxLength } = tracing
  const line: Point[] = [start]
  let at = start
  let angle = heading
  for (let i = 0; i < maxLength / 2 / STEP_M; i++) {
    const middle = step(at, nearestArm(field, at, angle), STEP_M / 2)
    angle = nearestArm(field, middle, angle)
    const next = step(at, angle, STEP_M)
    if (!allowed(next) || placed.hasParallel(next, angle, separation(next) * 0.72)) break
    if (meetsItself(line, next, separation(next) * 0.6)) break
    line.push(next)
    at = next
    if (i > 12 && distance(at, start) < STEP_M * 1.5) break
  }
  return line
}

/** The arm of the cross nearest to the current direction. */
function nearestArm(field: StreetField, point: Point, heading: number): number {
  const angle = field.angle(point)
  const quarter = Math.PI / 2
  return angle + Math.round((heading - angle) / quarter) * quarter
}

function meetsItself(line: readonly Point[], next: Point, reach: number): boolean {
  for (let i = 1; i < line.length - 2 * Math.ceil(reach / STEP_M) - 4; i++)
    if (distance(line[i], next) < reach) return true
  return false
}

function joinEnds(tracing: Tracing, line: readonly Point[]): Point[] {
  const joined = [...line]
  const n = line.length
  const last = lead(tracing, line[n - 1], angleOf(line[n - 2], line[n - 1]))
  const first = lead(tracing, line[0], angleOf(line[1], line[0]))
  if (last) joined.push(last)
  if (first) joined.unshift(first)
  return joined
}

function lead({ placed, separation, allowed }: Tracing, end: Point, angle: number): Point | null {
  const reach = separation(end) * 0.9
  for (const turn of [0, 0.35, -0.35, 0.8, -0.8]) {
    const met = placed.firstCrossing(step(end, angle + turn, 0.5), step(end, angle + turn, reach))
    if (met === null || !isOpen(end, met, allowed)) continue
    // Slightly beyond the crossing, so that the two lines cross and the blocks between them are closed.
    return step(met, angle + turn, 0.4)
  }
  return null
}

function isOpen(from: Point, to: Point, allowed: (point: Point) => boolean): boolean {
  const steps = Math.max(2, Math.round(distance(from, to) / STEP_M))
  // The end may be just outside, where the street stopped.
  for (let i = 2; i <= steps; i++) if (!allowed(between2(from, to, i / steps))) return false
  return true
}
