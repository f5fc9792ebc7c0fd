// How good a forecast was, by the report that came just after it (AVAILABILITY §3). A report is no truth: who counts errs by a
// bike now and then, so that the best forecast covers a little less than it promises.

import { crpsOfClippedNormal } from './crps.ts'
import { answerZone } from './model/answer.ts'
import { weekPoint } from './model/week-basis.ts'
import type { EstimatorState } from './model/columns.ts'
import { CONSTANTS } from './model/constants.ts'
import { forecastShare } from './model/forecast-share.ts'
import { isOfThePresent, type Observation } from './observation.ts'

const MINUTE = 60_000
const MINUTES_A_DAY = 1440

/** What one report says of the forecast before it. */
export type Score = {
  /** Epoch milliseconds of the report. */
  readonly at: number
  /** Squared error of the chance of at least one free space, in [0, 1]. */
  readonly brier: number
  /** Where bikes were counted: CRPS of the occupied share, in [0, 1], and whether the 80 % range held the free spaces. */
  readonly share: { readonly crps: number; readonly isCovered: boolean } | null
}

/** Sums over many scores. */
export type ScoreSums = { chances: number; brier: number; shares: number; crps: number; covered: number }

export const NO_SCORES: Readonly<ScoreSums> = { chances: 0, brier: 0, shares: 0, crps: 0, covered: 0 }

/** The sums with one score more. */
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
 * Holds a report against what riders were told of the row just before it. Call it before the report is folded. Null where it
 * cannot be a judge: its reporter has no record of honest reports, it came late, it says nothing of how full the zone was, or
 * nothing was told.
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
  if (!seen.trusted || !isOfThePresent(seen)) return null
  const free = freeSpaces(state.columns.capacity[row], capacity, seen)
  if (free === null) return null
  const minute = seen.at / MINUTE
  const isRecent = minute - state.columns.at[row] < MINUTES_A_DAY
  const basis = { observedAt: null, source: isRecent ? 'rider' : 'history', reports: 0 } as const
  const { chance, freeLow, freeHigh } = answerZone(state, row, capacity, minute, hourOfWeek, basis)
  if (chance === null) return null
  const brier = (chance - (free > 0 ? 1 : 0)) ** 2
  if (seen.count === null || freeLow === null || freeHigh === null) return { at: seen.at, brier, share: null }
  forecastShare(state, row, minute, weekPoint(hourOfWeek), CONSTANTS, share)
  const occupied = Math.min(1, seen.count / state.columns.capacity[row])
  const crps = crpsOfClippedNormal(share[0], Math.sqrt(CONSTANTS.publishFactor * share[1]), occupied)
  const shown = Math.min(free, capacity ?? free)
  return { at: seen.at, brier, share: { crps, isCovered: freeLow <= shown && shown <= freeHigh } }
}

/** Spaces that a report says are free; for a level in words, whether there is one. Null where it does not say. */
function freeSpaces(spaces: number, capacity: number | null, { kind, count, level }: Observation): number | null {
  if (kind === 'level') return level === 'full' ? 0 : 1
  return kind === 'count' && count !== null && capacity !== null ? Math.max(0, spaces - count) : null
}
