import type { ForecastBody, ForecastPointBody } from '@kickstand/contract'
import { toAvailabilityBody, toTimestamp } from '#read-model/availability-json.ts'
import type { EstimateReader, ZoneReader } from '#read-model/board-types.ts'
import type { OptionalRead } from '#db/optional-read.ts'
import type { Db } from '#db/schema.ts'
import type { Clock } from '#platform/clock.ts'
import { timeZoneAt } from '#platform/time-zone.ts'
import { listObservations } from '#features/reports/list-observations.ts'
import { rowOfZone } from '#features/zones/show-zone.ts'

const INTERVAL_MS = 30 * 60_000
const FORECAST_MS = 24 * 60 * 60_000
const OBSERVATIONS_MS = 6 * 60 * 60_000

/**
 * The contract's Forecast of a zone: now, then every half hour for a day, with recent observations; without these while
 * the database is unavailable. Throws `zone-not-found`.
 */
export async function showForecast(
  {
    board,
    db,
    clock,
    readOptional,
  }: { board: ZoneReader & EstimateReader; db: Db; clock: Clock; readOptional: OptionalRead },
  zoneId: string,
): Promise<ForecastBody> {
  const row = rowOfZone(board, zoneId)
  const now = clock()
  const capacity = board.capacity(row)
  const lately = { from: now - OBSERVATIONS_MS, to: now }
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
  for (let time = (Math.floor(now / INTERVAL_MS) + 1) * INTERVAL_MS; time <= now + FORECAST_MS; time += INTERVAL_MS)
    times.push(time)
  return times
}

function point(board: ZoneReader & EstimateReader, row: number, time: number, now: number): ForecastPointBody {
  const { state, expectedFree, freeLow, freeHigh, chance, source } = toAvailabilityBody(
    board.availability(row, time, now),
    now,
  )
  return { at: toTimestamp(time), state, expectedFree, freeLow, freeHigh, chance, source }
}
