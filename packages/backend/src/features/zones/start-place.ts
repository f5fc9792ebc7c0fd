import type { ZoneReader } from '#read-model/board-types.ts'

export type StartPlace = { readonly lat: number; readonly lng: number; readonly zoom: number }

const WHOLE_WORLD: StartPlace = { lat: 30, lng: 0, zoom: 2 }
const CITY_ZOOM = 14

/** The default view of a map: the centre of the cell with the most zones. O(zones). */
export function findStartPlace(board: ZoneReader): StartPlace {
  const cells = new Map<number, { count: number; lat: number; lng: number }>()
  let fullest = { count: 0, lat: 0, lng: 0 }
  for (let row = 0; row < board.rows(); row += 1) {
    if (!board.isOnMap(row)) continue
    const cell = cells.get(board.cell(row)) ?? { count: 0, lat: 0, lng: 0 }
    cell.count += 1
    cell.lat += board.lat(row)
    cell.lng += board.lng(row)
    cells.set(board.cell(row), cell)
    if (cell.count > fullest.count) fullest = cell
  }
  if (fullest.count === 0) return WHOLE_WORLD
  const rounded = (sum: number): number => Math.round((sum / fullest.count) * 1e5) / 1e5
  return { lat: rounded(fullest.lat), lng: rounded(fullest.lng), zoom: CITY_ZOOM }
}
