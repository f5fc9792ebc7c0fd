import type { Level } from '../../reports/report.ts'
import { WEEK_POINTS, weekPoint } from './week-basis.ts'
import { STATE_PACKED, STATE_SIZE, type EstimatorState } from './columns.ts'
import { CONSTANTS, type Constants } from './constants.ts'
import { applyFlow, applyLimit, applyMove, applyShare } from './kalman-update.ts'
import { spread } from './gather.ts'
import { ensurePoint } from './prior.ts'

/** Kinds of observations. Each defines the meaning of `value` in {@link observeZone}. */
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
  /** A sensor counts `value` occupied spaces. */
  reading: 8,
  /** A gate counted `value` more bikes in than out since its last reading. */
  flow: 9,
} as const
export type Observed = (typeof OBSERVED)[keyof typeof OBSERVED]

/** Returned for a rejected observation, in place of the probability that it was honest. */
export const REJECTED = { impossible: -1, stuck: -2 } as const

/** Assumed capacity of a zone whose capacity is unknown: the median bay. Never published. */
export const ASSUMED_SPACES = 8
/** A count above this multiple of the capacity plus this margin is a sentinel or a typing error. */
const MAX_COUNT_FACTOR = 2
const MAX_COUNT_MARGIN = 10
/** Highest plausible count where the capacity is unknown: the size of the largest motorcycle garages. */
const MAX_COUNT_UNKNOWN_CAPACITY = 5_000
/** Occupied share of each level; see docs/estimation.md §1. */
const LEVEL_SHARE = [Number.NaN, 0.2, 0.55, 0.85]
/** A sensor with an unchanged value for longer is stuck. */
const STUCK_AFTER_MINUTES = 1440
/** A sensor can only be stuck where the zone usually varies by at least so many spaces (one sd). */
const STUCK_MIN_SD_SPACES = 1.5
/** sd of a gate's error for each passing bike, bikes. */
const FLOW_NOISE_BIKES = 0.3

/**
 * Sets the capacity of a row; null where it is unknown. Call it before the first observation and when the capacity changes.
 * The learned shares are rescaled so that the number of bikes stays the same.
 */
export function setCapacity(state: EstimatorState, row: number, published: number | null): void {
  changeCapacity(state, row, published ?? ASSUMED_SPACES)
}

/** Whether the reports of a row contradict one another. */
export function doReportsDisagree(state: EstimatorState, row: number): boolean {
  return state.columns.disagreement[row] > CONSTANTS.guardThreshold
}

/**
 * Applies one observation to a row. Observations of a row are applied in the order of their times. A late one still updates the
 * profile, and the present state in proportion to its age.
 * @param value bikes, see {@link OBSERVED}; ignored for kinds without a value
 * @param minute minutes since the epoch
 * @param hourOfWeek hours since Monday 00:00 of the zone's local week, public holidays as Sundays
 * @param outlierProbability probability that this report is an outlier (`outlierProbabilityOf`)
 * @returns the probability that it was honest, at even prior odds, for `recordEvidence`; or one of {@link REJECTED}
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
      if (!isPlausibleCount(state, row, value)) return REJECTED.impossible
      if (value > columns.capacity[row]) applyExcessCount(state, row, value, false)
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
      if (!Number.isFinite(value) || Math.abs(value) > MAX_COUNT_FACTOR * c + MAX_COUNT_MARGIN)
        return REJECTED.impossible
      applyFlow(state, row, minute, point, value, FLOW_NOISE_BIKES * Math.sqrt(Math.abs(value) + 0.1), k)
      return 1
    }
    default:
      return applyShare(state, row, minute, point, LEVEL_SHARE[kind], k.levelNoise, outlierProbability, k)
  }
}

/** To report full or empty, a rider looks for one space or one bike, which is more exact than a count. */
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
  if (!isPlausibleCount(state, row, value)) return REJECTED.impossible
  const { columns } = state
  if (minute >= columns.readingAt[row]) {
    if (value !== columns.reading[row]) columns.readingSince[row] = minute
    columns.reading[row] = value
    columns.readingAt[row] = minute
    if (minute - columns.readingSince[row] > STUCK_AFTER_MINUTES && doesZoneVary(state, row, point, k))
      return REJECTED.stuck
  }
  if (value > columns.capacity[row]) applyExcessCount(state, row, value, true)
  const c = columns.capacity[row]
  return applyShare(state, row, minute, point, value / c, k.readingNoise, k.readingOutlierProbability, k)
}

/** Whether the zone varies within a day, by its prior. Its own profile may have learned from the stuck sensor. */
function doesZoneVary(state: EstimatorState, row: number, point: number, k: Constants): boolean {
  const prior = state.priors[state.columns.prior[row]]
  let low = 1
  let high = 0
  for (let at = point % 288; at < WEEK_POINTS; at += 72) {
    ensurePoint(prior, at)
    low = Math.min(low, prior.shareMean[at])
    high = Math.max(high, prior.shareMean[at])
  }
  const sd = Math.sqrt((k.thetaFast + k.thetaSlow) * spread((low + high) / 2, k))
  return (sd + (high - low) / 2) * state.columns.capacity[row] > STUCK_MIN_SD_SPACES
}

/** The occupied share of a count or a level; null for a count where the capacity is unknown. */
export function occupiedShare(count: number | null, level: Level | null, capacity: number | null): number | null {
  if (count !== null) return capacity === null ? null : Math.min(1, Math.max(0, count / capacity))
  if (level === null) return null
  return level === 'full' ? 1 : LEVEL_SHARE[OBSERVED[level]]
}

/** The highest plausible count for a zone of this capacity. */
export function maxPlausibleCount(capacity: number): number {
  return capacity === ASSUMED_SPACES ? MAX_COUNT_UNKNOWN_CAPACITY : MAX_COUNT_FACTOR * capacity + MAX_COUNT_MARGIN
}

/** False for negative numbers, NaN and sentinels. */
function isPlausibleCount(state: EstimatorState, row: number, value: number): boolean {
  return value >= 0 && value <= maxPlausibleCount(state.columns.capacity[row])
}

/** Raises the capacity after a count above it: at once for a sensor, after a second such count for riders. */
function applyExcessCount(state: EstimatorState, row: number, value: number, isSensor: boolean): void {
  const { unconfirmedCount, capacity } = state.columns
  const confirmed = isSensor ? value : Math.min(value, unconfirmedCount[row])
  unconfirmedCount[row] = Math.max(unconfirmedCount[row], value)
  if (confirmed > capacity[row]) {
    changeCapacity(state, row, confirmed)
    unconfirmedCount[row] = 0
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
