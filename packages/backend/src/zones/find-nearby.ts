import type { NearbyQuery } from '@kickstand/contract'
import type { Board } from '#board/board.ts'
import { passes, readFilter } from '#board/search-filter.ts'
import type { Clock } from '#platform/clock.ts'
import { readTimeAsked } from './time-asked.ts'
import { asOf, writeZones } from './zone-json.ts'

const DEFAULT_RADIUS = 2_000
const DEFAULT_LIMIT = 20

/** The nearest zones that match, nearest first, as the JSON of the contract's NearbyZones. Overwritten by the next answer. */
export function findNearby({ board, clock }: { board: Board; clock: Clock }, query: NearbyQuery): Buffer {
  const now = clock()
  const time = readTimeAsked(query.at, now)
  const filter = readFilter(query)
  const found = board.nearest(
    query.lat,
    query.lng,
    query.radius ?? DEFAULT_RADIUS,
    query.limit ?? DEFAULT_LIMIT,
    (row) => passes(board, filter, row, time, now),
    filter.masks,
  )
  return writeZones(board, found, { time, now, rulesFor: filter }, asOf(now))
}
