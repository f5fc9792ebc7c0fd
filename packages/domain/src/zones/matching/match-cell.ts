/** Height and minimum width of a cell in degrees of latitude: about 100 m. */
const CELL_DEGREES = 1 / 1112
const CELL_METRES = 100
const COLUMNS = 2 ** 19

/**
 * The number of the grid cell of a position in degrees, below 2^37. Rows have equal height; the number of columns of a row keeps
 * cells about 100 m wide at any latitude. An ordinary index on this number finds entries near each other.
 */
export function matchCell(lat: number, lng: number): number {
  const row = rowOf(lat)
  return row * COLUMNS + columnOf(lng, columnsIn(row))
}

/** The cells that cover everything within this distance of a position, also over the antimeridian. */
export function matchCellsAround(lat: number, lng: number, metres: number): number[] {
  const rows = Math.ceil(metres / CELL_METRES)
  const middle = rowOf(lat)
  const last = rowOf(90)
  const cells: number[] = []
  for (let row = Math.max(0, middle - rows); row <= Math.min(last, middle + rows); row += 1) {
    const columns = columnsIn(row)
    const reach = Math.min(Math.ceil(metres / CELL_METRES), (columns - 1) / 2)
    const at = columnOf(lng, columns)
    for (let step = -Math.floor(reach); step <= Math.ceil(reach); step += 1) {
      cells.push(row * COLUMNS + ((at + step + columns) % columns))
    }
  }
  return [...new Set(cells)]
}

function rowOf(lat: number): number {
  return Math.floor((Math.min(90, Math.max(-90, lat)) + 90) / CELL_DEGREES)
}

/** Computed at the row's edge nearer to a pole, where it is narrowest. */
function columnsIn(row: number): number {
  const south = row * CELL_DEGREES - 90
  const narrowest = Math.max(Math.abs(south), Math.abs(south + CELL_DEGREES))
  return Math.max(1, Math.floor((360 / CELL_DEGREES) * Math.cos((Math.min(90, narrowest) * Math.PI) / 180)))
}

function columnOf(lng: number, columns: number): number {
  const turn = (((lng + 180) % 360) + 360) % 360
  return Math.min(columns - 1, Math.floor((turn / 360) * columns))
}
