import { PART } from './week-basis.ts'
import { STATE_PACKED, STATE_SIZE, type EstimatorState } from './columns.ts'
import type { Constants } from './constants.ts'
import { indices, used, weights } from './gather.ts'
import { censored, measured, measuredLimit, type Reading } from './likelihood.ts'
import { predict, since } from './predict.ts'

// One Kalman filter a zone over [fast deviation, slow deviation, profile…], kept with its whole covariance: a report moves
// the deviations and the profile in proportion to how unsure each is, and what a report cannot tell apart stays correlated
// until another one can. Matrices are lower triangles by rows, in place in the learned store.

/** How far beyond empty and full a single observation may pull, as a share of the capacity. */
const MAX_MEAN_STEP = 0.6

/** Deviations and the curves of every day, which come first and are never left out. */
const ALWAYS = 2 + PART.weekend

/** Room for one update; belongs to the module, since nothing runs beside it. */
const gain = new Float64Array(STATE_SIZE)
const reading: Reading = new Float64Array(4)

/**
 * Covariance of the state with the share at the gathered point, into `gain`; returns the variance of the share. The first
 * curves are never zero, so that their part of the matrix is read once, row by row; the few others follow by column.
 */
function spreadOver(p: Float32Array, po: number): number {
  let rowStart = po
  for (let i = 0; i < ALWAYS; i += 1) {
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
  for (let i = ALWAYS; i < STATE_SIZE; i += 1) {
    let sum = 0
    for (let j = 0; j < ALWAYS; j += 1) sum += weights[j] * p[rowStart + j]
    gain[i] = sum
    rowStart += i + 1
  }
  for (let u = ALWAYS; u < used; u += 1) {
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
  for (let u = 0; u < used; u += 1) v += weights[u] * gain[indices[u]]
  return Math.max(v, 1e-9) + since
}

/** Writes what `reading` says into the state. */
function correct(state: EstimatorState, row: number, v: number): void {
  const { learned, columns } = state
  const slot = columns.slot[row]
  const x = learned.mean
  const p = learned.covariance
  const xo = slot * STATE_SIZE
  const step = Math.min(MAX_MEAN_STEP, Math.max(-MAX_MEAN_STEP, reading[0])) / v
  for (let i = 0; i < STATE_SIZE; i += 1) x[xo + i] += gain[i] * step
  if (since === 0) {
    let m = 0
    for (let u = 2; u < used; u += 1) m += weights[u] * x[xo + indices[u]]
    columns.profileAt[row] = m
  }
  let at = slot * STATE_PACKED
  const change = Math.min(0, reading[1] - v) / (v * v)
  // A surprise makes us less sure of today, never of what was learned of the week.
  if (reading[1] > v) p[at] += reading[1] - v
  for (let i = 0; i < STATE_SIZE; i += 1) {
    const gi = gain[i] * change
    let j = 0
    // Most of what an observation costs: four at a time, since the engine does not do it.
    for (; j < i - 2; j += 4) {
      const t = at + j
      p[t] += gi * gain[j]
      p[t + 1] += gi * gain[j + 1]
      p[t + 2] += gi * gain[j + 2]
      p[t + 3] += gi * gain[j + 3]
    }
    for (; j <= i; j += 1) p[at + j] += gi * gain[j]
    at += i + 1
    // Rounding must never leave a variance at or below nothing.
    if (!(p[at - 1] > 1e-9)) p[at - 1] = 1e-9
  }
}

/** Brings the row to the time, opens the guard where reports disagree, leaves the gain; returns mean and variance. */
const now = new Float64Array(2)
function prepare(state: EstimatorState, row: number, minute: number, point: number, k: Constants): void {
  now[0] = predict(state, row, minute, point, k)
  const po = state.columns.slot[row] * STATE_PACKED
  const p = state.learned.covariance
  let v = spreadOver(p, po)
  const doubt = state.columns.disagreement[row] - k.guardThreshold
  if (doubt > 0 && v < k.guardCap) {
    // The doubt is about today: the deviations open up, what was learned of the week stays.
    const wider = v * (Math.min(1 + k.guardGain * doubt, k.guardCap / v) - 1)
    p[po] += wider
    gain[0] += wider
    v += wider
  }
  now[1] = v
}

function conclude(state: EstimatorState, row: number, k: Constants): number {
  correct(state, row, now[1])
  const { disagreement } = state.columns
  disagreement[row] += k.guardRate * (1 - reading[2] - disagreement[row])
  return reading[3]
}

/**
 * The occupied share was counted as `share` with sd `noise`; `outlierProbability` is the probability that the reporter tells nothing.
 * @returns probability that it was honest had the odds been even, for the reporter's record
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
  measured(reading, now[0], now[1], share, noise, outlierProbability)
  learnScale(state, row, share - now[0], noise, k)
  return conclude(state, row, k)
}

/** The zone was seen full (`side` 1) or empty (-1). Otherwise as {@link applyShare}. */
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
  measuredLimit(reading, now[0], now[1], side, noise, c, outlierProbability)
  return conclude(state, row, k)
}

/** A bike came (`side` 1: there was room just before) or went (-1: there was a bike just before). */
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
  censored(reading, now[0], now[1], side === 1 ? -1 : 1, side === 1 ? 1 - 0.5 / c : 0.5 / c, c, outlierProbability)
  const told = conclude(state, row, k)
  state.learned.mean[state.columns.slot[row] * STATE_SIZE] += (side * reading[2]) / c
  return told
}

/** A gate counted `net` bikes more in than out since the last time; sd of its errors in bikes. */
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
  // The profile has already moved by what usually comes and goes in that time.
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
  const w = reading[2]
  const fade = 0.998
  errorSum[row] = fade * errorSum[row] + (w * part * excess) / total
  errorCount[row] = fade * errorCount[row] + w * part * part
  if (errorSum[row] < -0.8 * k.scaleStrength) errorSum[row] = -0.8 * k.scaleStrength
}
