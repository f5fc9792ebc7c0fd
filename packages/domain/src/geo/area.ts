import { DomainError } from '../errors.ts'

/** A box in degrees. `west > east` crosses the antimeridian. */
export type Area = { readonly west: number; readonly south: number; readonly east: number; readonly north: number }

/**
 * Parses `west,south,east,north` (RFC 7946 §5). Throws `invalid-request` where it is not four numbers in range, or where south is
 * above north.
 */
export function parseArea(text: string): Area {
  const parts = text.split(',')
  const [west, south, east, north] = parts.map((part) => (part.trim() === '' ? Number.NaN : Number(part)))
  const invalid = (message: string) =>
    new DomainError('invalid-request', `The area is invalid: ${message}`, [{ pointer: '?bbox', message }])
  if (parts.length !== 4 || ![west, south, east, north].every(Number.isFinite)) {
    throw invalid(`expected four numbers west,south,east,north in degrees, got "${text.slice(0, 80)}".`)
  }
  if (Math.abs(south) > 90 || Math.abs(north) > 90)
    throw invalid('latitudes must lie in -90..90; is the order west,south,east,north?')
  if (Math.abs(west) > 180 || Math.abs(east) > 180) throw invalid('longitudes must lie in -180..180.')
  if (south > north) throw invalid(`south (${south}) lies above north (${north}); swap them.`)
  return { west, south, east, north }
}

/** Whether a position lies in the area, its edges included. */
export function areaContains(area: Area, lat: number, lng: number): boolean {
  if (lat < area.south || lat > area.north) return false
  return area.west <= area.east ? lng >= area.west && lng <= area.east : lng >= area.west || lng <= area.east
}

/** The area as one or two boxes that do not cross the antimeridian. */
export function splitAtAntimeridian(area: Area): readonly Area[] {
  if (area.west <= area.east) return [area]
  return [
    { ...area, east: 180 },
    { ...area, west: -180 },
  ]
}
