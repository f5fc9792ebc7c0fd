import type { Level } from '../../reports/report.ts'
import { WEEK_POINTS, weekPoint } from './week-basis.ts'
import { STATE_PACKED, STATE_SIZE, type EstimatorState } from './columns.ts'
import { CONSTANTS, type Constants } from './constants.ts'
import { applyFlow, applyLimit, applyMove, applyShare } from './kalman-update.ts'
import { spread } from './gather.ts'
import { askPoint } from './prior.ts'

/** What an observation can say; `value` of {@link observeZone} goes with it. */
export const OBSERVED = {
  /** A person counted `value` bikes. */
  count: 0,
  plenty: 1,
  some: 2,
  few: 3,
  full: 4,
  empty: 5,
  /** A rider parked, a rider left; no value. */
  arrived: 6,
  left: 7,
  /** A machine counts `value` occupied spaces. */
  reading: 8,
  /** A gate counted `value` bikes more in than out since it last said something. */
  flow: 9,
} as const
export type Observed = (typeof OBSERVED)[keyof typeof OBSERVED]

/** Why an observation was refused, in place of the probability that it was honest. */
export const REFUSED = { impossible: -1, stuck: -2 } as const

/** Assumed while nothing is known of the capacity, spaces: the median bay. Never published as a number of spaces. */
export const ASSUMED_SPACES = 8
/** Counts above so many times the capacity are sentinels or slips, not bikes. */
const IMPOSSIBLE_TIMES = 2
const IMPOSSIBLE_MORE = 10
/** Without a published capacity, as much as the largest motorcycle garages hold. */
const LARGEST = 5_000
/** Occupied share that a level in words stands for; see AVAILABILITY §1. */
const LEVEL_SHARE = [Number.NaN, 0.2, 0.55, 0.85]
const STUCK_AFTER = 1440
/** Spaces by which a zone must usually vary (one sd) before standing still is a fault. */
const STUCK_SPREAD = 1.5
/** sd of a gate's error for each bike passed, bikes. */
const FLOW_NOISE = 0.3

/**
 * Tells a row how many spaces it has, or that nobody knows (null). Call it before the first observation and when it changes.
 * What was learned as shares is kept as bikes.
 */
export function setCapacity(state: EstimatorState, row: number, published: number | null): void {
  changeCapacity(state, row, published ?? ASSUMED_SPACES)
}

/** Whether the reports of a row contradict one another. */
export function doReportsDisagree(state: EstimatorState, row: number): boolean {
  return state.columns.disagreement[row] > CONSTANTS.guardThreshold
}

/**
 * Folds one observation into a row. Observations of a row come in the order of their times; one that comes late still teaches
 * the profile, and the present only as far as it still concerns it.
 * @param value bikes, see {@link OBSERVED}; ignored where the kind says it all
 * @param minute minutes since the epoch
 * @param hourOfWeek hours since Monday 00:00 of the zone's local week, public holidays as Sundays
 * @param outlierProbability probability that the reporter tells nothing (`outlierProbabilityOf`)
 * @returns the probability that it was honest by population odds, for `judge`; or one of {@link REFUSED}
 */
export function observeZone(
  state: EstimatorState,
  row: number,
  kind: Observed,
  value: number,
  minute: number,
  hourOfWeek: number,
  outlierProbability: number,
  k: Constants = CONSTANTS,
): number {
  const point = weekPoint(hourOfWeek)
  const { columns } = state
  if (columns.capacity[row] === 0) columns.capacity[row] = ASSUMED_SPACES
  switch (kind) {
    case OBSERVED.count: {
      if (!isPossible(state, row, value)) return REFUSED.impossible
      if (value > columns.capacity[row]) noteAbove(state, row, value, false)
      const c = columns.capacity[row]
      const noise = Math.max(k.countNoise, 0.5 / c)
      if (value >= c) return applyLimit(state, row, minute, point, 1, noise, outlierProbability, k)
      if (value <= 0) return applyLimit(state, row, minute, point, -1, noise, outlierProbability, k)
      return applyShare(state, row, minute, point, value / c, noise, outlierProbability, k)
    }
    case OBSERVED.full:
    case OBSERVED.empty:
      return applyLimit(
        state,
        row,
        minute,
        point,
        kind === OBSERVED.full ? 1 : -1,
        limitNoise(state, row, k),
        outlierProbability,
        k,
      )
    case OBSERVED.arrived:
      return applyMove(state, row, minute, point, 1, outlierProbability, k)
    case OBSERVED.left:
      return applyMove(state, row, minute, point, -1, outlierProbability, k)
    case OBSERVED.reading:
      return applyReading(state, row, value, minute, point, k)
    case OBSERVED.flow: {
      const c = columns.capacity[row]
      if (!Number.isFinite(value) || Math.abs(value) > IMPOSSIBLE_TIMES * c + IMPOSSIBLE_MORE) return REFUSED.impossible
      applyFlow(state, row, minute, point, value, FLOW_NOISE * Math.sqrt(Math.abs(value) + 0.1), k)
      return 1
    }
    default:
      return applyShare(state, row, minute, point, LEVEL_SHARE[kind], k.levelNoise, outlierProbability, k)
  }
}

/** Who says full or empty looked for one space or one bike: that is seen better than a number is counted. */
function limitNoise(state: EstimatorState, row: number, k: Constants): number {
  return Math.max(k.limitNoise, 0.5 / state.columns.capacity[row])
}

function applyReading(
  state: EstimatorState,
  row: number,
  value: number,
  minute: number,
  point: number,
  k: Constants,
): number {
  if (!isPossible(state, row, value)) return REFUSED.impossible
  const { columns } = state
  if (minute >= columns.readingAt[row]) {
    if (value !== columns.reading[row]) columns.readingSince[row] = minute
    columns.reading[row] = value
    columns.readingAt[row] = minute
    if (minute - columns.readingSince[row] > STUCK_AFTER && doesZoneVary(state, row, point, k)) return REFUSED.stuck
  }
  if (value > columns.capacity[row]) noteAbove(state, row, value, true)
  const c = columns.capacity[row]
  return applyShare(state, row, minute, point, value / c, k.readingNoise, k.readingOutlierProbability, k)
}

/** Whether zones like this one vary in a day, by their prior: its own profile may have learned from the fault. */
function doesZoneVary(state: EstimatorState, row: number, point: number, k: Constants): boolean {
  const prior = state.priors[state.columns.prior[row]]
  let low = 1
  let high = 0
  for (let at = point % 288; at < WEEK_POINTS; at += 72) {
    askPoint(prior, at)
    low = Math.min(low, prior.shareMean[at])
    high = Math.max(high, prior.shareMean[at])
  }
  const sd = Math.sqrt((k.thetaFast + k.thetaSlow) * spread((low + high) / 2, k))
  return (sd + (high - low) / 2) * state.columns.capacity[row] > STUCK_SPREAD
}

/** The occupied share that a count or a level stands for; null for a count where nobody knows of how many. */
export function occupiedShare(count: number | null, level: Level | null, capacity: number | null): number | null {
  if (count !== null) return capacity === null ? null : Math.min(1, Math.max(0, count / capacity))
  if (level === null) return null
  return level === 'full' ? 1 : LEVEL_SHARE[OBSERVED[level]]
}

/** The most bikes that anybody can have counted in a zone of so many spaces. */
export function mostCountable(capacity: number): number {
  return capacity === ASSUMED_SPACES ? LARGEST : IMPOSSIBLE_TIMES * capacity + IMPOSSIBLE_MORE
}

/** Refuses what no zone can hold: negative, not a number, sentinels. */
function isPossible(state: EstimatorState, row: number, value: number): boolean {
  return value >= 0 && value <= mostCountable(state.columns.capacity[row])
}

/** More bikes than spaces: believed of a machine, and of people once another count says so too. */
function noteAbove(state: EstimatorState, row: number, value: number, isMachine: boolean): void {
  const { above, capacity } = state.columns
  const confirmed = isMachine ? value : Math.min(value, above[row])
  above[row] = Math.max(above[row], value)
  if (confirmed > capacity[row]) {
    changeCapacity(state, row, confirmed)
    above[row] = 0
  }
}

function changeCapacity(state: EstimatorState, row: number, next: number): void {
  const { columns, learned } = state
  const ratio = columns.capacity[row] / next
  columns.capacity[row] = next
  const slot = columns.slot[row]
  if (slot < 0 || columns.at[row] === 0 || ratio === 1) return
  for (let i = slot * STATE_SIZE; i < (slot + 1) * STATE_SIZE; i += 1) learned.mean[i] *= ratio
  for (let i = slot * STATE_PACKED; i < (slot + 1) * STATE_PACKED; i += 1) learned.covariance[i] *= ratio * ratio
  columns.profileAt[row] *= ratio
}
