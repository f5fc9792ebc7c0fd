import type { Point } from '../api/client.ts'

/** CSS pixels that the stops are fitted into: what a phone shows of the map beside the panel. */
const ROOM = 200
const TILE = 512
const CLOSEST = 17

/** The view that shows all these points, or null where there are none. Across the antimeridian the first is shown. */
export function viewOfStops(points: readonly Point[]): (Point & { readonly zoom: number }) | null {
  const [first] = points
  if (first === undefined) return null
  const lats = points.map(({ lat }) => lat)
  const lngs = points.map(({ lng }) => lng)
  const [south, north, west, east] = [Math.min(...lats), Math.max(...lats), Math.min(...lngs), Math.max(...lngs)]
  if (east - west > 180) return { ...first, zoom: CLOSEST }
  // Degrees of latitude take more pixels than those of longitude, away from the equator.
  const span = Math.max(east - west, (north - south) / Math.cos((((north + south) / 2) * Math.PI) / 180))
  const zoom = Math.min(CLOSEST, Math.log2((360 / TILE) * (ROOM / Math.max(span, 1e-6))))
  return { lat: (north + south) / 2, lng: (east + west) / 2, zoom: Math.floor(zoom * 4) / 4 }
}
