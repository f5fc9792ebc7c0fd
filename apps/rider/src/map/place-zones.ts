import type { MapZone } from './map-types.ts'

type Pixel = { x: number; y: number }
export type Viewport = { width: number; height: number; left: number; bottom: number }

/** Zones in the uncovered part of the viewport with their pixels, nearest to its centre first, at most `max`. */
export function placeZones(
  zones: readonly MapZone[],
  project: (zone: MapZone) => Pixel,
  { width, height, left, bottom }: Viewport,
  max: number,
): ({ zone: MapZone } & Pixel)[] {
  const low = height - bottom
  const middle = { x: (left + width) / 2, y: low / 2 }
  return zones
    .map((zone) => ({ zone, ...project(zone) }))
    .filter(({ x, y }) => x >= left && x <= width && y >= 0 && y <= low)
    .toSorted((a, b) => Math.hypot(a.x - middle.x, a.y - middle.y) - Math.hypot(b.x - middle.x, b.y - middle.y))
    .slice(0, max)
}
