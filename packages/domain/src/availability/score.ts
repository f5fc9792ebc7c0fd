// Scores a forecast by the report that came just after it (docs/estimation.md §3). Reports are not exact: riders miscount by a bike
// now and then, so even the best forecast covers a little less than 80 %.

import { crpsOfClippedNormal } from './crps.ts'
import { answerZone } from './model/answer.ts'
import { weekPoint } from './model/week-basis.ts'
import type { EstimatorState } from './model/columns.ts'
import { CONSTANTS } from './model/constants.ts'
import { forecastShare } from './model/forecast-share.ts'
import { isCurrentObservation, type Observation } from './observation.ts'

const MINUTE = 60_000
const MINUTES_PER_DAY = 1440

/** The score of a forecast by one report. */
export type Score = {
  /** Epoch milliseconds of the report. */
  readonly at: number
  /** Squared error of the chance of at least one free space, in [0, 1]. */
  readonly brier: number
  /** For a count: CRPS of the occupied share, in [0, 1], and whether the free spaces were within the 80 % range. */
  readonly share: { readonly crps: number; readonly isCovered: boolean } | null
}

/** Sums over many scores. */
export type ScoreSums = { chances: number; brier: number; shares: number; crps: number; covered: number }

export const NO_SCORES: Readonly<ScoreSums> = { chances: 0, brier: 0, shares: 0, crps: 0, covered: 0 }

/** The sums including one more score. */
export function withScore(sums: Readonly<ScoreSums>, { brier, share }: Score): ScoreSums {
  return {
    chances: sums.chances + 1,
    brier: sums.brier + brier,
    shares: sums.shares + (share === null ? 0 : 1),
    crps: sums.crps + (share?.crps ?? 0),
    covered: sums.covered + (share?.isCovered === true ? 1 : 0),
  }
}

const share = new Float64Array(2)

/**
 * Scores the answer for the row just before a report. Call it before the report is applied. Null where it cannot be scored: the
 * reporter has no record of honest reports, the report came late or does not describe how full the zone is, or the answer was
 * unknown.
 * @param capacity published spaces, or null
 * @param hourOfWeek hours since Monday 00:00 of the zone's local week at the time of the report
 */
export function scoreReport(
  state: EstimatorState,
  row: number,
  capacity: number | null,
  seen: Observation,
  hourOfWeek: number,
): Score | null {
  if (!seen.trusted || !isCurrentObservation(seen)) return null
  const free = freeSpaces(state.columns.capacity[row], capacity, seen)
  if (free === null) return null
  const minute = seen.at / MINUTE
  const isRecent = minute - state.columns.at[row] < MINUTES_PER_DAY
  const answerSource = { observedAt: null, source: isRecent ? 'rider' : 'history', reports: 0 } as const
  const { chance, freeLow, freeHigh } = answerZone(state, row, capacity, minute, hourOfWeek, answerSource)
  if (chance === null) return null
  const brier = (chance - (free > 0 ? 1 : 0)) ** 2
  if (seen.count === null || freeLow === null || freeHigh === null) return { at: seen.at, brier, share: null }
  forecastShare(state, row, minute, weekPoint(hourOfWeek), CONSTANTS, share)
  const occupied = Math.min(1, seen.count / state.columns.capacity[row])
  const crps = crpsOfClippedNormal(share[0], Math.sqrt(CONSTANTS.publishFactor * share[1]), occupied)
  const shown = Math.min(free, capacity ?? free)
  return { at: seen.at, brier, share: { crps, isCovered: freeLow <= shown && shown <= freeHigh } }
}

/** Free spaces by a report; for a level 0 or 1, whether there is any. Null for other kinds and without a capacity. */
function freeSpaces(spaces: number, capacity: number | null, { kind, count, level }: Observation): number | null {
  if (kind === 'level') return level === 'full' ? 0 : 1
  return kind === 'count' && count !== null && capacity !== null ? Math.max(0, spaces - count) : null
}
