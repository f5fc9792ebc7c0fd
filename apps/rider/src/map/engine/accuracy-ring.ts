import type { MapRider } from '../map-types.ts'

const METRES_PER_DEGREE = 111_320
const CORNERS = 48
/** A smaller ring is hidden by the dot; a larger one carries no information. */
const MIN_RADIUS_METRES = 5
const MAX_RADIUS_METRES = 2000

/** A closed ring of [lng, lat] around the rider, with the accuracy in metres as its radius. */
export function accuracyRing({ lat, lng, accuracy }: MapRider): [number, number][] {
  const metres = Math.max(MIN_RADIUS_METRES, Math.min(MAX_RADIUS_METRES, accuracy))
  const dLat = metres / METRES_PER_DEGREE
  const dLng = dLat / Math.max(0.01, Math.cos((lat * Math.PI) / 180))
  return Array.from({ length: CORNERS + 1 }, (_, i) => {
    const angle = ((i % CORNERS) / CORNERS) * 2 * Math.PI
    return [lng + dLng * Math.cos(angle), lat + dLat * Math.sin(angle)]
  })
}
