import type { AreaQuery } from '@kickstand/contract'
import { DomainError, parseArea } from '@kickstand/domain'
import type { EstimateReader, ZoneReader, ZoneSearch } from '#read-model/board-types.ts'
import { passes, readFilter } from '#read-model/search-filter.ts'
import type { Clock } from '#platform/clock.ts'
import { readRequestedTime } from './requested-time.ts'
import { writeZones } from './zone-json.ts'

const DEFAULT_LIMIT = 100

/**
 * A page of the zones in an area, ordered by id, as the JSON of the contract's Zones. The next call overwrites the
 * buffer.
 */
export function listArea(
  { board, clock }: { board: ZoneReader & ZoneSearch & EstimateReader; clock: Clock },
  query: AreaQuery,
): Buffer {
  const now = clock()
  const time = readRequestedTime(query.at, now)
  const area = parseArea(query.bbox)
  const filter = readFilter(query)
  const after = readCursor(query.cursor)
  const limit = query.limit ?? DEFAULT_LIMIT
  const inArea = board.inArea(area)
  const matching = filter.isNarrow ? inArea.filter((row) => passes(board, filter, row, time, now)) : inArea
  const rows = after === '' ? matching : matching.filter((row) => board.id(row) > after)
  const page = firstById(board, rows, limit)
  const last = page.at(-1)
  const next = last !== undefined && rows.length > page.length ? JSON.stringify(writeCursor(board.id(last))) : 'null'
  return writeZones(
    board,
    { count: page.length, rows: page },
    { time, now, rulesFor: filter },
    `],"nextCursor":${next}}`,
  )
}

/** The `count` rows with the smallest ids, in order, without sorting all rows. */
function firstById(board: ZoneReader & ZoneSearch & EstimateReader, rows: readonly number[], count: number): number[] {
  const byId = board.compareIds
  let kept: number[] = []
  let highest: number | null = null
  for (const row of rows) {
    if (highest !== null && byId(row, highest) > 0) continue
    kept.push(row)
    if (kept.length >= 4 * count) {
      kept = kept.toSorted(byId).slice(0, count)
      highest = kept[count - 1]
    }
  }
  return kept.toSorted(byId).slice(0, count)
}

const CURSOR_PREFIX = 'after:'

export function writeCursor(id: string): string {
  return Buffer.from(CURSOR_PREFIX + id).toString('base64url')
}

/** The last id that a page had; empty for the first page. Throws `invalid-request` for a cursor of another kind. */
export function readCursor(cursor: string | undefined): string {
  if (cursor === undefined) return ''
  const text = Buffer.from(cursor, 'base64url').toString('utf8')
  if (!/^after:[0-9a-z]{1,32}$/.test(text)) {
    const message = 'is not from this service; leave it out to start again'
    throw new DomainError('invalid-request', `The cursor ${message}.`, [{ pointer: '?cursor', message }])
  }
  return text.slice(CURSOR_PREFIX.length)
}
