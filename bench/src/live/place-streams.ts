import { LIVE_CELL_ZOOM } from '@kickstand/contract'
import { tileNumber, tileX, tileY } from '@kickstand/domain'
import type { World } from '../world/fill-world.ts'
import type { Change } from './arrivals.ts'

/** The page subscribes to live figures within this distance of the rider. */
const LIVE_RADIUS_METRES = 2_000
const METRES_PER_DEGREE = 111_195
/** A town extends so many cells in each direction from its busiest one. */
const TOWN_CELLS = 4
const CELLS_PER_ROW = 2 ** LIVE_CELL_ZOOM

export type Town = {
  /** Indices of its zones in `World`. */
  readonly zones: readonly number[]
  /** The cell with the most of them. */
  readonly busiestCell: number
  readonly cellOf: (zone: number) => number
}

/** The town around the busiest cell of a world. */
export function findTown({ ids, lats, lngs }: World): Town {
  const cellOf = (zone: number): number => tileNumber(lats[zone], lngs[zone], LIVE_CELL_ZOOM)
  const all = Array.from(ids, (_, zone) => zone)
  const byCell = Map.groupBy(all, cellOf)
  const [busiestCell] = [...byCell].reduce((max, one) => (one[1].length > max[1].length ? one : max))
  const isNear = (cell: number): boolean =>
    Math.abs((cell % CELLS_PER_ROW) - (busiestCell % CELLS_PER_ROW)) <= TOWN_CELLS &&
    Math.abs(Math.floor(cell / CELLS_PER_ROW) - Math.floor(busiestCell / CELLS_PER_ROW)) <= TOWN_CELLS
  return { busiestCell, cellOf, zones: [...byCell].flatMap(([cell, zones]) => (isNear(cell) ? zones : [])) }
}

/** The cells that the page of a rider at this position subscribes to. */
export function cellsAround(lat: number, lng: number): number[] {
  const dLat = LIVE_RADIUS_METRES / METRES_PER_DEGREE
  const dLng = dLat / Math.cos((lat * Math.PI) / 180)
  const x = (degrees: number): number => Math.floor(tileX(degrees, LIVE_CELL_ZOOM))
  const y = (degrees: number): number => Math.floor(tileY(degrees, LIVE_CELL_ZOOM))
  const cells: number[] = []
  for (let row = y(lat + dLat); row <= y(lat - dLat); row += 1) {
    for (let column = x(lng - dLng); column <= x(lng + dLng); column += 1) cells.push(row * CELLS_PER_ROW + column)
  }
  return cells
}

export function cellKey(cell: number): string {
  return `${LIVE_CELL_ZOOM}/${cell % CELLS_PER_ROW}/${Math.floor(cell / CELLS_PER_ROW)}`
}

/** Draws `count` different zones of a list; throws where it has too few. */
export function drawChanges(
  { ids }: World,
  town: Town,
  zones: readonly number[],
  count: number,
  random: () => number,
): Change[] {
  if (zones.length < count) {
    throw new Error(
      `${count} changes need as many zones, but there are ${zones.length}. Use fewer --seconds or --changes.`,
    )
  }
  const left = [...zones]
  return Array.from({ length: count }, () => {
    const place = Math.floor(random() * left.length)
    const zone = left[place]
    left[place] = left[left.length - 1]
    left.pop()
    return { zoneId: ids[zone], cell: town.cellOf(zone) }
  })
}
