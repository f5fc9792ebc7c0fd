import { PART } from './week-basis.ts'
import { STATE_PACKED, STATE_SIZE, type EstimatorState } from './columns.ts'
import type { Constants } from './constants.ts'
import { indices, activeCount, weights } from './gather.ts'
import { censored, measured, measuredLimit, type ShareUpdate } from './likelihood.ts'
import { predict, lateVariance } from './predict.ts'

// One Kalman filter per zone over [fast deviation, slow deviation, profile…] with its full covariance. A report moves the
// deviations and the profile in proportion to their variances; what one report cannot separate stays correlated until another
// one does. Matrices are lower triangles by rows, updated in place in the learned store.

/** Largest change of the mean by a single observation, as a share of the capacity. */
const MAX_MEAN_STEP = 0.6

/** The deviations and the curves of every day come first and are active at every point. */
const DENSE_COUNT = 2 + PART.weekend

/** Buffers for one update. Module-level, since calls never overlap. */
const gain = new Float64Array(STATE_SIZE)
const update: ShareUpdate = new Float64Array(4)

/**
 * Writes the covariance of the state with the share at the gathered point to `gain`; returns the variance of the share. The first
 * curves are never zero, so their part of the matrix is read once, row by row; the few others follow by column.
 */
function spreadOver(p: Float32Array, po: number): number {
  let rowStart = po
  for (let i = 0; i < DENSE_COUNT; i += 1) {
    const wi = weights[i]
    let sum = 0
    for (let j = 0; j < i; j += 1) {
      const value = p[rowStart + j]
      sum += weights[j] * value
      gain[j] += wi * value
    }
    gain[i] = sum + wi * p[rowStart + i]
    rowStart += i + 1
  }
  for (let i = DENSE_COUNT; i < STATE_SIZE; i += 1) {
    let sum = 0
    for (let j = 0; j < DENSE_COUNT; j += 1) sum += weights[j] * p[rowStart + j]
    gain[i] = sum
    rowStart += i + 1
  }
  for (let u = DENSE_COUNT; u < activeCount; u += 1) {
    const j = indices[u]
    const w = weights[u]
    const start = po + (j * (j + 1)) / 2
    for (let i = 0; i <= j; i += 1) gain[i] += w * p[start + i]
    for (let i = j + 1, at = start + j + 1 + j; i < STATE_SIZE; i += 1) {
      gain[i] += w * p[at]
      at += i + 1
    }
  }
  let v = 0
  for (let u = 0; u < activeCount; u += 1) v += weights[u] * gain[indices[u]]
  return Math.max(v, 1e-9) + lateVariance
}

/** Applies `update` to the state. */
function correct(state: EstimatorState, row: number, v: number): void {
  const { learned, columns } = state
  const slot = columns.slot[row]
  const x = learned.mean
  const p = learned.covariance
  const xo = slot * STATE_SIZE
  const step = Math.min(MAX_MEAN_STEP, Math.max(-MAX_MEAN_STEP, update[0])) / v
  for (let i = 0; i < STATE_SIZE; i += 1) x[xo + i] += gain[i] * step
  if (lateVariance === 0) {
    let m = 0
    for (let u = 2; u < activeCount; u += 1) m += weights[u] * x[xo + indices[u]]
    columns.profileAt[row] = m
  }
  let at = slot * STATE_PACKED
  const change = Math.min(0, update[1] - v) / (v * v)
  // A surprise increases the variance of the fast deviation, never that of the learned week.
  if (update[1] > v) p[at] += update[1] - v
  for (let i = 0; i < STATE_SIZE; i += 1) {
    const gi = gain[i] * change
    let j = 0
    // This loop is most of the cost of an observation. It is unrolled because V8 does not unroll it.
    for (; j < i - 2; j += 4) {
      const t = at + j
      p[t] += gi * gain[j]
      p[t + 1] += gi * gain[j + 1]
      p[t + 2] += gi * gain[j + 2]
      p[t + 3] += gi * gain[j + 3]
    }
    for (; j <= i; j += 1) p[at + j] += gi * gain[j]
    at += i + 1
    // Rounding must never leave a variance at or below 0.
    if (!(p[at - 1] > 1e-9)) p[at - 1] = 1e-9
  }
}

/** Advances the row, widens the variance where reports disagree, and writes `gain`. `now`: mean and variance of the share. */
const now = new Float64Array(2)
function prepare(state: EstimatorState, row: number, minute: number, point: number, k: Constants): void {
  now[0] = predict(state, row, minute, point, k)
  const po = state.columns.slot[row] * STATE_PACKED
  const p = state.learned.covariance
  let v = spreadOver(p, po)
  const excess = state.columns.disagreement[row] - k.guardThreshold
  if (excess > 0 && v < k.guardCap) {
    // The disagreement is about the present: only the fast deviation becomes less certain, not the learned week.
    const wider = v * (Math.min(1 + k.guardGain * excess, k.guardCap / v) - 1)
    p[po] += wider
    gain[0] += wider
    v += wider
  }
  now[1] = v
}

function conclude(state: EstimatorState, row: number, k: Constants): number {
  correct(state, row, now[1])
  const { disagreement } = state.columns
  disagreement[row] += k.guardRate * (1 - update[2] - disagreement[row])
  return update[3]
}

/**
 * Applies a count of the occupied `share` with sd `noise` and this probability of being an outlier.
 * @returns the probability that it was honest, at even prior odds, for the reporter's record
 */
export function applyShare(
  state: EstimatorState,
  row: number,
  minute: number,
  point: number,
  share: number,
  noise: number,
  outlierProbability: number,
  k: Constants,
): number {
  prepare(state, row, minute, point, k)
  measured(update, now[0], now[1], share, noise, outlierProbability)
  learnScale(state, row, share - now[0], noise, k)
  return conclude(state, row, k)
}

/** Applies a sighting of a full (`side` 1) or empty (-1) zone. Otherwise as {@link applyShare}. */
export function applyLimit(
  state: EstimatorState,
  row: number,
  minute: number,
  point: number,
  side: 1 | -1,
  noise: number,
  outlierProbability: number,
  k: Constants,
): number {
  prepare(state, row, minute, point, k)
  const c = state.columns.capacity[row]
  measuredLimit(update, now[0], now[1], side, noise, c, outlierProbability)
  return conclude(state, row, k)
}

/** Applies an arrival (`side` 1: there was a free space just before) or a departure (-1: there was a bike just before). */
export function applyMove(
  state: EstimatorState,
  row: number,
  minute: number,
  point: number,
  side: 1 | -1,
  outlierProbability: number,
  k: Constants,
): number {
  prepare(state, row, minute, point, k)
  const c = state.columns.capacity[row]
  censored(update, now[0], now[1], side === 1 ? -1 : 1, side === 1 ? 1 - 0.5 / c : 0.5 / c, c, outlierProbability)
  const honestAtEvenOdds = conclude(state, row, k)
  state.learned.mean[state.columns.slot[row] * STATE_SIZE] += (side * update[2]) / c
  return honestAtEvenOdds
}

/** Applies a gate's count of `net` more bikes in than out since its last reading; `sd` of its errors in bikes. */
export function applyFlow(
  state: EstimatorState,
  row: number,
  minute: number,
  point: number,
  net: number,
  sd: number,
  k: Constants,
): void {
  const before = state.columns.at[row] === 0 ? Number.NaN : state.columns.profileAt[row]
  predict(state, row, minute, point, k)
  const c = state.columns.capacity[row]
  const slot = state.columns.slot[row]
  // The profile already includes the usual arrivals and departures of that time.
  const usual = Number.isNaN(before) ? 0 : state.columns.profileAt[row] - before
  const x = state.learned.mean
  const at = slot * STATE_SIZE
  x[at] = Math.min(1, Math.max(-1, x[at] + net / c - usual))
  state.learned.covariance[slot * STATE_PACKED] += (sd / c) * (sd / c)
}

/** Learns how variable the zone is: the part of the squared error that the deviations account for. */
function learnScale(state: EstimatorState, row: number, error: number, noise: number, k: Constants): void {
  const { errorSum, errorCount } = state.columns
  const p = state.learned.covariance
  const po = state.columns.slot[row] * STATE_PACKED
  const own = Math.max(0, p[po] + 2 * p[po + 1] + p[po + 2])
  const total = now[1] + noise * noise
  const part = own / total
  const excess = Math.min(error * error, 9 * total) - (total - own)
  const w = update[2]
  const fade = 0.998
  errorSum[row] = fade * errorSum[row] + (w * part * excess) / total
  errorCount[row] = fade * errorCount[row] + w * part * part
  if (errorSum[row] < -0.8 * k.scaleStrength) errorSum[row] = -0.8 * k.scaleStrength
}
