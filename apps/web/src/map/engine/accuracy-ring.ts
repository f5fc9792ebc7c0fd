import type { MapRider } from '../map-types.ts'

const METRES_PER_DEGREE = 111_320
const CORNERS = 48
/** Less than this is hidden by the dot; more than this says only "somewhere in town". */
const SMALLEST = 5
const LARGEST = 2000

/** A closed ring of [lng, lat] at the accuracy's distance in metres round the rider. */
export function accuracyRing({ lat, lng, accuracy }: MapRider): [number, number][] {
  const metres = Math.max(SMALLEST, Math.min(LARGEST, accuracy))
  const dLat = metres / METRES_PER_DEGREE
  const dLng = dLat / Math.max(0.01, Math.cos((lat * Math.PI) / 180))
  return Array.from({ length: CORNERS + 1 }, (_, i) => {
    const angle = ((i % CORNERS) / CORNERS) * 2 * Math.PI
    return [lng + dLng * Math.cos(angle), lat + dLat * Math.sin(angle)]
  })
}
