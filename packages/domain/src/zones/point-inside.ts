import type { LngLat, Outline } from './zone.ts'

/**
 * A representative point of a shape: inside an area (never in a hole or in the notch of an L), halfway along a line.
 *
 * The centroid of an area is used if it is inside. Otherwise horizontal lines through the area are cut by its edges, and the middle
 * of the longest inner segment is used. Coordinates are relative to the first corner, so that small shapes keep their precision and
 * a shape over the antimeridian is one piece.
 */
export function pointInside(outline: Outline): LngLat | null {
  if (outline.type === 'LineString') return alongLine(outline.coordinates)
  if (outline.type === 'Polygon') return inPolygon(outline.coordinates)
  const largest = outline.coordinates.toSorted((a, b) => Math.abs(area(b[0] ?? [])) - Math.abs(area(a[0] ?? [])))[0]
  return largest === undefined ? null : inPolygon(largest)
}

type Rings = readonly (readonly LngLat[])[]

/** Even-odd rule over all rings, so a point in a hole is outside. Points on an edge may fall on either side. */
export function contains(rings: Rings, lng: number, lat: number): boolean {
  let inside = false
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const a = ring[i]
      const b = ring[j]
      if (a === undefined || b === undefined || a[1] > lat === b[1] > lat) continue
      if (lng < ((b[0] - a[0]) * (lat - a[1])) / (b[1] - a[1]) + a[0]) inside = !inside
    }
  }
  return inside
}

/** Signed area in square degrees, positive counter-clockwise. */
function area(ring: readonly LngLat[]): number {
  let sum = 0
  const origin = ring[0]
  if (origin === undefined) return 0
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const a = ring[j] ?? origin
    const b = ring[i] ?? origin
    sum += (a[0] - origin[0]) * (b[1] - origin[1]) - (b[0] - origin[0]) * (a[1] - origin[1])
  }
  return sum / 2
}

function inPolygon(rings: Rings): LngLat | null {
  const origin = rings[0]?.[0]
  if (origin === undefined) return null
  const local = rings.map((ring) => ring.map((at): LngLat => [unwrapped(at[0] - origin[0]), at[1] - origin[1]]))
  const outer = local[0] ?? []
  const middle = centroid(outer)
  const found = middle !== null && contains(local, middle[0], middle[1]) ? middle : longestStretch(local)
  if (found === null) return origin
  const exact: LngLat = [wrapped(origin[0] + found[0]), origin[1] + found[1]]
  const rounded: LngLat = [roundDegrees(exact[0]), roundDegrees(exact[1])]
  const stillInside = contains(local, unwrapped(rounded[0] - origin[0]), rounded[1] - origin[1])
  return stillInside ? rounded : exact
}

function centroid(ring: readonly LngLat[]): LngLat | null {
  const whole = area(ring)
  if (whole === 0) return null
  let x = 0
  let y = 0
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [ax, ay] = ring[j] ?? [0, 0]
    const [bx, by] = ring[i] ?? [0, 0]
    const cross = ax * by - bx * ay
    x += (ax + bx) * cross
    y += (ay + by) * cross
  }
  return [x / (6 * whole), y / (6 * whole)]
}

/** Scan lines are halfway between neighbouring corner heights, so they never hit a corner. */
function longestStretch(rings: Rings): LngLat | null {
  const heights = [...new Set(rings.flatMap((ring) => ring.map((at) => at[1])))].toSorted((a, b) => a - b)
  const step = Math.max(1, Math.floor(heights.length / 64))
  let best: { readonly at: LngLat; readonly size: number } | null = null
  for (let i = 1; i < heights.length; i += step) {
    const low = heights[i - 1] ?? 0
    const y = (low + (heights[i] ?? 0)) / 2
    const cuts = crossings(rings, y)
    for (let k = 1; k < cuts.length; k += 2) {
      const left = cuts[k - 1] ?? 0
      const right = cuts[k] ?? 0
      const size = Math.min(right - left, 2 * (y - low))
      if (size > (best?.size ?? 0)) best = { at: [(left + right) / 2, y], size }
    }
  }
  return best?.at ?? null
}

function crossings(rings: Rings, y: number): number[] {
  const xs: number[] = []
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const a = ring[i]
      const b = ring[j]
      if (a === undefined || b === undefined || a[1] > y === b[1] > y) continue
      xs.push(((b[0] - a[0]) * (y - a[1])) / (b[1] - a[1]) + a[0])
    }
  }
  return xs.toSorted((a, b) => a - b)
}

function alongLine(line: readonly LngLat[]): LngLat | null {
  const first = line[0]
  if (first === undefined) return null
  const narrowing = Math.cos((first[1] * Math.PI) / 180)
  const lengths = line.slice(1).map((to, i) => {
    const from = line[i] ?? to
    return Math.hypot(unwrapped(to[0] - from[0]) * narrowing, to[1] - from[1])
  })
  let left = lengths.reduce((sum, length) => sum + length, 0) / 2
  for (const [i, length] of lengths.entries()) {
    const from = line[i] ?? first
    const to = line[i + 1] ?? first
    if (length > 0 && left <= length) {
      const share = left / length
      const lng = wrapped(from[0] + unwrapped(to[0] - from[0]) * share)
      return [roundDegrees(lng), roundDegrees(from[1] + (to[1] - from[1]) * share)]
    }
    left -= length
  }
  return first
}

function unwrapped(degrees: number): number {
  return degrees > 180 ? degrees - 360 : degrees < -180 ? degrees + 360 : degrees
}

function wrapped(lng: number): number {
  return lng > 180 ? lng - 360 : lng < -180 ? lng + 360 : lng
}

/** Rounds to seven decimals, about one centimetre: the resolution of OSM. Every format gives the same result. */
export function roundDegrees(degrees: number): number {
  return Math.round(degrees * 1e7) / 1e7
}
