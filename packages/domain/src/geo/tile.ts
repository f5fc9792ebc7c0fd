import type { Area } from './area.ts'

/** Latitude limit of Web Mercator. Positions beyond are drawn at the edge. */
const MAX_LAT = 85.051_128_779_806_6

/** Tile column of a longitude at zoom `z`, fractional. */
export function tileX(lng: number, z: number): number {
  return ((lng + 180) / 360) * 2 ** z
}

/** Tile row of a latitude at zoom `z`, fractional, 0 at the top. */
export function tileY(lat: number, z: number): number {
  const clipped = Math.min(MAX_LAT, Math.max(-MAX_LAT, lat))
  const sin = Math.sin((clipped * Math.PI) / 180)
  return (0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)) * 2 ** z
}

function latOfTileY(y: number, z: number): number {
  const n = Math.PI * (1 - (2 * y) / 2 ** z)
  return (Math.atan(Math.sinh(n)) * 180) / Math.PI
}

/** The box of tile z/x/y in degrees, widened by `buffer` tile widths on each side (not over the antimeridian). */
export function tileArea(z: number, x: number, y: number, buffer = 0): Area {
  const n = 2 ** z
  // The first and last rows extend to the poles, so that every position is in a tile.
  const north = y - buffer <= 0 ? 90 : latOfTileY(y - buffer, z)
  const south = y + 1 + buffer >= n ? -90 : latOfTileY(y + 1 + buffer, z)
  const west = Math.max(-180, ((x - buffer) / n) * 360 - 180)
  const east = Math.min(180, ((x + 1 + buffer) / n) * 360 - 180)
  return { west, south, east, north }
}

/** Number of the tile that holds a position at zoom `z`: row × 2^z + column. Exact for z ≤ 26. */
export function tileNumber(lat: number, lng: number, z: number): number {
  const n = 2 ** z
  const x = Math.min(n - 1, Math.max(0, Math.floor(tileX(lng, z))))
  const y = Math.min(n - 1, Math.max(0, Math.floor(tileY(lat, z))))
  return y * n + x
}
