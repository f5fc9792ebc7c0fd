import { distance, writeUnitVector } from './great-circle.ts'

export type PlanePoint = { readonly east: number; readonly north: number }

/**
 * A plane that touches the Earth at a position in degrees. The returned function projects positions to metres east and north of it.
 * Distances and directions from that position are exact (azimuthal equidistant), also over the antimeridian and at the poles.
 */
export function localPlane(lat: number, lng: number): (lat: number, lng: number) => PlanePoint {
  const phi = (lat * Math.PI) / 180
  const lambda = (lng * Math.PI) / 180
  const [sinPhi, cosPhi, sinLambda, cosLambda] = [Math.sin(phi), Math.cos(phi), Math.sin(lambda), Math.cos(lambda)]
  const point = new Float64Array(3)
  return (lat2, lng2) => {
    writeUnitVector(point, 0, lat2, lng2)
    const [x, y, z] = point
    const east = y * cosLambda - x * sinLambda
    const north = z * cosPhi - (x * cosLambda + y * sinLambda) * sinPhi
    const across = Math.hypot(east, north)
    const scale = across === 0 ? 0 : distance(lat, lng, lat2, lng2) / across
    return { east: east * scale, north: north * scale }
  }
}
