import { LIVE_CELL_ZOOM } from '@kickstand/client'
import type { MapArea } from './map-types.ts'

const SIDE = 2 ** LIVE_CELL_ZOOM
const MERCATOR_LIMIT = 85.051128

/**
 * The live cells `13/x/y` that cover an area, nearest to its centre first, at most `max`.
 * An area with west > east crosses the antimeridian. An invalid area (NaN, south > north) has no cells.
 */
export function cellsForArea(area: MapArea, max: number): string[] {
  const { west, south, east, north } = area
  if (![west, south, east, north, max].every(Number.isFinite) || south > north || max < 1) return []
  const left = columnOf(west)
  const right = columnOf(east) + (west > east ? SIDE : 0)
  const top = rowOf(north)
  const bottom = rowOf(south)
  const middleX = (left + right) / 2
  const middleY = (top + bottom) / 2

  // Only cells within `max` steps of the centre can be among the nearest `max`. This keeps the world view cheap.
  const firstX = Math.max(Math.floor(left), Math.floor(middleX) - max)
  const lastX = Math.min(Math.floor(right), Math.floor(middleX) + max, firstX + SIDE - 1)
  const firstY = Math.max(Math.floor(top), Math.floor(middleY) - max)
  const lastY = Math.min(Math.floor(bottom), Math.floor(middleY) + max, SIDE - 1)

  const cells: { key: string; distance: number }[] = []
  for (let y = firstY; y <= lastY; y++) {
    for (let x = firstX; x <= lastX; x++) {
      const distance = (x + 0.5 - middleX) ** 2 + (y + 0.5 - middleY) ** 2
      cells.push({ key: `${LIVE_CELL_ZOOM}/${((x % SIDE) + SIDE) % SIDE}/${y}`, distance })
    }
  }
  cells.sort((a, b) => a.distance - b.distance)
  return cells.slice(0, max).map((cell) => cell.key)
}

/** Fractional tile column of a longitude. 180° is in the last column, not in the first. */
function columnOf(lng: number): number {
  const column = ((lng + 180) / 360) * SIDE
  return lng === 180 ? SIDE - 1e-9 : column
}

/** Fractional tile row of a latitude, clamped to the range of Web Mercator. */
function rowOf(lat: number): number {
  const radians = (Math.max(-MERCATOR_LIMIT, Math.min(MERCATOR_LIMIT, lat)) * Math.PI) / 180
  const row = ((1 - Math.asinh(Math.tan(radians)) / Math.PI) / 2) * SIDE
  return Math.max(0, Math.min(SIDE - 1e-9, row))
}
