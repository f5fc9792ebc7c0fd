import { distance } from '../geo/great-circle.ts'
import type { Outline } from './zone.ts'

/** Metres around 0, 0 within which positions are rejected: sources write zeros for "not known", and the nearest land is 570 km away. */
const NULL_ISLAND_RADIUS_METRES = 100_000
/** Maximum diagonal of an outline's bounding box in metres. The largest airport car parks stay under 5 km; cities do not. */
const MAX_OUTLINE_DIAGONAL_METRES = 20_000
/** Metres that a zone's point may lie outside its outline's bounding box. */
const MAX_POINT_OUTSIDE_OUTLINE_METRES = 500

/** Why a position is not plausible for a parking zone; null where it is. */
export function positionFault(lat: number, lng: number): string | null {
  if (!Number.isFinite(lat) || !Number.isFinite(lng)) return 'has no readable position'
  if (Math.abs(lat) <= 90 && Math.abs(lng) <= 180) {
    if (distance(lat, lng, 0, 0) > NULL_ISLAND_RADIUS_METRES) return null
    const at = `its position ${lat}, ${lng} is within ${NULL_ISLAND_RADIUS_METRES / 1000} km of 0, 0 in the Atlantic`
    return `${at}, which sources write for "not known"; correct it in the file`
  }
  const at = `its position ${lat}, ${lng} is not on Earth`
  if (Math.abs(lng) <= 90 && Math.abs(lat) <= 180) return `${at}; latitude and longitude look swapped`
  return Math.abs(lat) > 1000 ? `${at}; these look like metres of a city grid: name its CRS in the profile` : at
}

/** Why an outline is not plausible for a parking zone at this point; null where it is. Its corners must be on Earth. */
export function outlineFault(outline: Outline, lat: number, lng: number): string | null {
  const box = { west: Infinity, east: -Infinity, south: Infinity, north: -Infinity }
  for (const [x, y] of cornersOf(outline)) {
    // Relative to the point, so that a shape over the antimeridian is one piece.
    const east = degreesEast(lng, x)
    box.west = Math.min(box.west, east)
    box.east = Math.max(box.east, east)
    box.south = Math.min(box.south, y)
    box.north = Math.max(box.north, y)
  }
  const across = distance(box.south, box.west, box.north, box.east)
  if (across > MAX_OUTLINE_DIAGONAL_METRES) {
    const limit = `${MAX_OUTLINE_DIAGONAL_METRES / 1000} km`
    return `its outline is ${kilometres(across)} across, larger than a city; at most ${limit} are accepted`
  }
  const nearestLat = Math.min(Math.max(lat, box.south), box.north)
  const nearestEast = Math.min(Math.max(0, box.west), box.east)
  const off = distance(lat, 0, nearestLat, nearestEast)
  if (off <= MAX_POINT_OUTSIDE_OUTLINE_METRES) return null
  return `its point lies ${kilometres(off)} outside its outline; correct one of the two in the file`
}

function kilometres(metres: number): string {
  return `${(metres / 1000).toFixed(metres < 10_000 ? 1 : 0)} km`
}

function degreesEast(from: number, to: number): number {
  const degrees = to - from
  return degrees > 180 ? degrees - 360 : degrees < -180 ? degrees + 360 : degrees
}

function cornersOf({ type, coordinates }: Outline): readonly (readonly [number, number])[] {
  if (type === 'LineString') return coordinates
  return type === 'Polygon' ? coordinates.flat() : coordinates.flat(2)
}
