import type { NearbyQuery } from '@kickstand/contract'
import type { EstimateReader, ZoneReader, ZoneSearch } from '#read-model/board-types.ts'
import { passes, readFilter } from '#read-model/search-filter.ts'
import type { Clock } from '#platform/clock.ts'
import { readRequestedTime } from './requested-time.ts'
import { asOf, writeZones } from './zone-json.ts'

const DEFAULT_RADIUS_M = 2_000
const DEFAULT_LIMIT = 20

/**
 * The nearest matching zones, nearest first, as the JSON of the contract's NearbyZones. The next call overwrites the
 * buffer.
 */
export function findNearby(
  { board, clock }: { board: ZoneReader & ZoneSearch & EstimateReader; clock: Clock },
  query: NearbyQuery,
): Buffer {
  const now = clock()
  const time = readRequestedTime(query.at, now)
  const filter = readFilter(query)
  const found = board.nearest(
    query.lat,
    query.lng,
    query.radius ?? DEFAULT_RADIUS_M,
    query.limit ?? DEFAULT_LIMIT,
    (row) => passes(board, filter, row, time, now),
    filter.masks,
  )
  return writeZones(board, found, { time, now, rulesFor: filter }, asOf(now))
}
