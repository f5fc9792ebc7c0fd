type Point = { readonly lat: number; readonly lng: number }

const EARTH_RADIUS = 6_371_008.8
const RADIAN = Math.PI / 180
/** Walking speed, and the ratio of street distance to straight-line distance. */
const WALK_METRES_PER_MINUTE = 80
const STREET_FACTOR = 1.3

/** Great-circle metres between two points in degrees. */
export function distanceBetween(a: Point, b: Point): number {
  const dLat = (b.lat - a.lat) * RADIAN
  const dLng = (b.lng - a.lng) * RADIAN
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(a.lat * RADIAN) * Math.cos(b.lat * RADIAN) * Math.sin(dLng / 2) ** 2
  return 2 * EARTH_RADIUS * Math.asin(Math.min(1, Math.sqrt(h)))
}

/** Whole minutes on foot for a great-circle distance in metres, at least 1; null above an hour. */
export function walkingMinutes(metres: number): number | null {
  const minutes = Math.max(1, Math.round((metres * STREET_FACTOR) / WALK_METRES_PER_MINUTE))
  return minutes <= 60 ? minutes : null
}
