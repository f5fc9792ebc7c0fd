import type { ForecastBody, ForecastPointBody } from '@kickstand/contract'
import { toAvailabilityBody, toTimestamp } from '#board/availability-json.ts'
import type { Board } from '#board/board.ts'
import type { OptionalRead } from '#db/optional-read.ts'
import type { Db } from '#db/schema.ts'
import type { Clock } from '#platform/clock.ts'
import { timeZoneAt } from '#platform/time-zone.ts'
import { listObservations } from '#reports/list-observations.ts'
import { rowOfZone } from '#zones/show-zone.ts'

const HALF_HOUR = 30 * 60_000
const AHEAD = 24 * 60 * 60_000
const OBSERVED_WITHIN = 6 * 60 * 60_000

/**
 * A zone's next day as the contract's Forecast: now, then every half hour on the clock, with recent observations;
 * without them while the database is unavailable. Throws `zone-not-found`.
 */
export async function showForecast(
  { board, db, clock, readOptional }: { board: Board; db: Db; clock: Clock; readOptional: OptionalRead },
  zoneId: string,
): Promise<ForecastBody> {
  const row = rowOfZone(board, zoneId)
  const now = clock()
  const capacity = board.capacity(row)
  const lately = { from: now - OBSERVED_WITHIN, to: now }
  const observations = await readOptional(() => listObservations(db, board.id(row), capacity, lately))
  const { reportsDisagree, capacityDoubted } = board.availability(row, now)
  return {
    zoneId: board.id(row),
    timeZone: timeZoneAt(board.lat(row), board.lng(row)),
    asOf: toTimestamp(now),
    capacity,
    reportsDisagree,
    capacityDoubted,
    points: timesAhead(now).map((time) => point(board, row, time, now)),
    ...(observations === null ? {} : { observations }),
  }
}

function timesAhead(now: number): number[] {
  const times = [now]
  for (let time = (Math.floor(now / HALF_HOUR) + 1) * HALF_HOUR; time <= now + AHEAD; time += HALF_HOUR)
    times.push(time)
  return times
}

function point(board: Board, row: number, time: number, now: number): ForecastPointBody {
  const { state, expectedFree, freeLow, freeHigh, chance, source } = toAvailabilityBody(
    board.availability(row, time, now),
    now,
  )
  return { at: toTimestamp(time), state, expectedFree, freeLow, freeHigh, chance, source }
}
