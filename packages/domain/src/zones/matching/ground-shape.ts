import { EARTH_RADIUS } from '../../geo/great-circle.ts'
import type { LngLat, Outline, ZoneFacts } from '../zone.ts'

const METRES_PER_DEGREE = (Math.PI / 180) * EARTH_RADIUS
/** Outlines are simplified to this number of corners, which is exact enough for a parking place. */
const MAX_CORNERS = 48

/**
 * The shape of a zone in metres east and north of its own point: its lines as x, y, x, y, …, and whether they enclose an area. A
 * zone without an outline is its point.
 */
export type GroundShape = {
  readonly lat: number
  readonly lng: number
  readonly lines: readonly Float64Array[]
  readonly isArea: boolean
}

export function groundShape({ lat, lng, outline }: Pick<ZoneFacts, 'lat' | 'lng' | 'outline'>): GroundShape {
  const [x, y] = scales(lat)
  const lines = outline === null ? [] : linesOf(outline).map((line) => toPlane(line, lat, lng, x, y))
  return { lat, lng, lines, isArea: outline !== null && outline.type !== 'LineString' }
}

/** Outer rings only; holes do not matter for matching. */
function linesOf(outline: Outline): readonly (readonly LngLat[])[] {
  if (outline.type === 'LineString') return [outline.coordinates]
  if (outline.type === 'Polygon') return outline.coordinates.slice(0, 1)
  return outline.coordinates.flatMap((polygon) => polygon.slice(0, 1))
}

function scales(lat: number): readonly [number, number] {
  return [METRES_PER_DEGREE * Math.cos((lat * Math.PI) / 180), METRES_PER_DEGREE]
}

function toPlane(line: readonly LngLat[], lat: number, lng: number, x: number, y: number): Float64Array {
  const step = Math.ceil(line.length / MAX_CORNERS)
  const kept = line.filter((_, i) => i % step === 0 || i === line.length - 1)
  return Float64Array.from(kept.flatMap(([east, north]) => [shortWay(east - lng) * x, (north - lat) * y]))
}

/** A difference of longitudes, the short way round. */
function shortWay(degrees: number): number {
  return degrees > 180 ? degrees - 360 : degrees < -180 ? degrees + 360 : degrees
}

/** Metres east and north from one shape's point to the other's. For places near each other. */
export function offsetBetween(a: GroundShape, b: GroundShape): readonly [number, number] {
  const [x, y] = scales((a.lat + b.lat) / 2)
  return [shortWay(b.lng - a.lng) * x, (b.lat - a.lat) * y]
}

/** Metres between the nearest parts of two shapes; 0 where they touch or one contains the other. */
export function gapBetween(a: GroundShape, b: GroundShape): number {
  const [east, north] = offsetBetween(a, b)
  if (a.lines.length === 0 && b.lines.length === 0) return Math.hypot(east, north)
  if (containsPoint(a, east, north) || containsPoint(b, -east, -north)) return 0
  let min = Infinity
  for (const line of a.lines.length > 0 ? a.lines : [POINT]) {
    for (const other of b.lines.length > 0 ? b.lines : [POINT]) {
      min = Math.min(min, lineGap(line, other, east, north))
      if (min === 0) return 0
    }
  }
  return min
}

const POINT = new Float64Array(2)

/** Whether a point, in metres from the shape's own, is in its area (even-odd rule). */
function containsPoint(shape: GroundShape, x: number, y: number): boolean {
  if (!shape.isArea) return false
  let inside = false
  for (const line of shape.lines) {
    for (let i = 0, j = line.length - 2; i < line.length; j = i, i += 2) {
      const [x1, y1, x2, y2] = [line[i], line[i + 1], line[j], line[j + 1]]
      if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside
    }
  }
  return inside
}

/** Minimum distance between two polylines, the second one moved by dx, dy. */
function lineGap(a: Float64Array, b: Float64Array, dx: number, dy: number): number {
  let min = Infinity
  for (let i = 0; i < a.length; i += 2) {
    const i2 = Math.min(i + 2, a.length - 2)
    for (let j = 0; j < b.length; j += 2) {
      const j2 = Math.min(j + 2, b.length - 2)
      const [x1, y1, x2, y2] = [a[i], a[i + 1], a[i2], a[i2 + 1]]
      const [x3, y3, x4, y4] = [b[j] + dx, b[j + 1] + dy, b[j2] + dx, b[j2 + 1] + dy]
      if (doCross(x1, y1, x2, y2, x3, y3, x4, y4)) return 0
      min = Math.min(min, toSegment(x1, y1, x3, y3, x4, y4), toSegment(x3, y3, x1, y1, x2, y2))
    }
  }
  return min
}

function toSegment(x: number, y: number, x1: number, y1: number, x2: number, y2: number): number {
  const [dx, dy] = [x2 - x1, y2 - y1]
  const length = dx * dx + dy * dy
  const at = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - x1) * dx + (y - y1) * dy) / length))
  return Math.hypot(x - x1 - at * dx, y - y1 - at * dy)
}

function doCross(
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  x3: number,
  y3: number,
  x4: number,
  y4: number,
): boolean {
  const side = (px: number, py: number, qx: number, qy: number, rx: number, ry: number): number =>
    (qx - px) * (ry - py) - (qy - py) * (rx - px)
  return (
    side(x1, y1, x2, y2, x3, y3) * side(x1, y1, x2, y2, x4, y4) < 0 &&
    side(x3, y3, x4, y4, x1, y1) * side(x3, y3, x4, y4, x2, y2) < 0
  )
}
