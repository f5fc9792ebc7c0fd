import type { Point } from '../api/client.ts'

/** CSS pixels that the stops must fit into: the part of the map that a phone shows above the panel. */
const FIT_PX = 200
const TILE_PX = 512
const MAX_ZOOM = 17

/**
 * The view that shows all points; null if there are none. Points on both sides of the antimeridian show the first only.
 */
export function viewOfStops(points: readonly Point[]): (Point & { readonly zoom: number }) | null {
  const [first] = points
  if (first === undefined) return null
  const lats = points.map(({ lat }) => lat)
  const lngs = points.map(({ lng }) => lng)
  const [south, north, west, east] = [Math.min(...lats), Math.max(...lats), Math.min(...lngs), Math.max(...lngs)]
  if (east - west > 180) return { ...first, zoom: MAX_ZOOM }
  // Away from the equator a degree of latitude takes more pixels than one of longitude.
  const span = Math.max(east - west, (north - south) / Math.cos((((north + south) / 2) * Math.PI) / 180))
  const zoom = Math.min(MAX_ZOOM, Math.log2((360 / TILE_PX) * (FIT_PX / Math.max(span, 1e-6))))
  return { lat: (north + south) / 2, lng: (east + west) / 2, zoom: Math.floor(zoom * 4) / 4 }
}
