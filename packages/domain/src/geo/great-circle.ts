/** Mean radius of the Earth in metres (IUGG R1). Distances are great circles on this sphere. */
export const EARTH_RADIUS = 6_371_008.8

const RADIANS = Math.PI / 180

/** Great-circle distance in metres between two positions in degrees (haversine: exact also for short distances). */
export function distance(lat1: number, lng1: number, lat2: number, lng2: number): number {
  const sinLat = Math.sin(((lat2 - lat1) * RADIANS) / 2)
  const sinLng = Math.sin(((lng2 - lng1) * RADIANS) / 2)
  const h = sinLat * sinLat + Math.cos(lat1 * RADIANS) * Math.cos(lat2 * RADIANS) * sinLng * sinLng
  return 2 * EARTH_RADIUS * Math.asin(Math.min(1, Math.sqrt(h)))
}

/** Writes the point of the unit sphere at a position in degrees to `out[at..at+2]` as x, y, z. */
export function writeUnitVector(out: Float64Array, at: number, lat: number, lng: number): void {
  const phi = lat * RADIANS
  const lambda = lng * RADIANS
  const cos = Math.cos(phi)
  out[at] = cos * Math.cos(lambda)
  out[at + 1] = cos * Math.sin(lambda)
  out[at + 2] = Math.sin(phi)
}

/** Metres along the sphere for a squared straight-line (chord) distance between two unit vectors. */
export function metresFromChordSquared(squared: number): number {
  return 2 * EARTH_RADIUS * Math.asin(Math.min(1, Math.sqrt(squared) / 2))
}

/** The squared chord for a distance in metres along the sphere; 4, the whole sphere, from half the circumference on. */
export function chordSquaredFromMetres(metres: number): number {
  if (metres >= Math.PI * EARTH_RADIUS) return 4
  const chord = 2 * Math.sin(metres / (2 * EARTH_RADIUS))
  return chord * chord
}
