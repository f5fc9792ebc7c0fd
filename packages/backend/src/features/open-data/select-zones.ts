import { areaContains, type Area } from '@kickstand/domain'
import type { ZoneReader, ZoneSearch } from '#read-model/board-types.ts'
import type { Db } from '#db/schema.ts'
import { zoneIdsAfter } from '#features/zones/read-zones.ts'

/** Up to this many zones are sorted in memory; more are read in the order of ids from the database. */
const MAX_SORTED_ZONES = 20_000
const IDS_PER_READ = 1_000

export type SelectedZones = {
  readonly count: number
  /** Rows of the board after an id, ordered by id, in batches. Concurrent changes may be included or not. */
  batches(after: string): AsyncIterable<readonly number[]>
}

/**
 * The zones on the map in an area, or everywhere, that match. Holds at most `MAX_SORTED_ZONES` of them between batches.
 */
export function selectZones(
  { board, db }: { board: ZoneReader & ZoneSearch; db: Db },
  area: Area | null,
  accept: ((row: number) => boolean) | null = null,
): SelectedZones {
  const matches = accept ?? (() => true)
  if (area !== null || accept !== null) {
    const found = (area === null ? rowsOf(board) : board.inArea(area)).filter((row) => matches(row))
    if (found.length <= MAX_SORTED_ZONES) {
      return { count: found.length, batches: (after) => inMemory(board, found, after) }
    }
    const holds = (row: number): boolean =>
      (area === null || areaContains(area, board.lat(row), board.lng(row))) && matches(row)
    return { count: found.length, batches: (after) => byIds(board, db, after, holds) }
  }
  return { count: board.zones(), batches: (after) => byIds(board, db, after, () => true) }
}

function rowsOf(board: ZoneReader & ZoneSearch): number[] {
  const rows: number[] = []
  for (let row = 0; row < board.rows(); row += 1) if (board.isOnMap(row)) rows.push(row)
  return rows
}

async function* inMemory(
  board: ZoneReader & ZoneSearch,
  rows: readonly number[],
  after: string,
): AsyncGenerator<readonly number[]> {
  const left = after === '' ? rows : rows.filter((row) => board.id(row) > after)
  const sorted = left.toSorted(board.compareIds)
  for (let from = 0; from < sorted.length; from += IDS_PER_READ) yield sorted.slice(from, from + IDS_PER_READ)
}

async function* byIds(
  board: ZoneReader & ZoneSearch,
  db: Db,
  after: string,
  holds: (row: number) => boolean,
): AsyncGenerator<readonly number[]> {
  for (let last = after; ;) {
    const ids = await zoneIdsAfter(db, last, IDS_PER_READ)
    const rows: number[] = []
    for (const id of ids) {
      const row = board.row(id)
      if (row !== undefined && board.isOnMap(row) && holds(row)) rows.push(row)
    }
    yield rows
    last = ids.at(-1) ?? last
    if (ids.length < IDS_PER_READ) return
  }
}
