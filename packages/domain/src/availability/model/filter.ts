import { PROFILE_SIZE, WEEK_BASIS } from './basis.ts'
import { openSlot, STATE_PACKED, STATE_SIZE, type EstimatorState } from './columns.ts'
import type { Constants } from './constants.ts'
import { censored, measured, type Reading } from './likelihood.ts'
import { fillPoint } from './prior.ts'

// One Kalman filter a zone over [fast deviation, slow deviation, profile…], kept with its whole covariance: a report moves
// the deviations and the profile in proportion to how unsure each is, and what a report cannot tell apart stays correlated
// until another one can. Matrices are lower triangles by rows, in place in the learned store.

const MINUTES_A_DAY = 1440
/** How far beyond empty and full a single observation may pull, as a share of the capacity. */
const REACH = 0.6

/** Variance that an observation of the past carries besides its noise: what has happened since. */
let since = 0

/** Room for one update; belongs to the module, since nothing runs beside it. */
const gain = new Float64Array(STATE_SIZE)
const weights = new Float64Array(STATE_SIZE)
const indices = new Int32Array(STATE_SIZE)
const reading: Reading = new Float64Array(4)
let used = 0

/** The curves that are not zero at `point`, with the deviations: their places in the state and their values. */
function gather(point: number): void {
  weights[0] = 1
  weights[1] = 1
  indices[0] = 0
  indices[1] = 1
  used = 2
  const base = point * PROFILE_SIZE
  for (let i = 0; i < PROFILE_SIZE; i += 1) {
    const value = WEEK_BASIS[base + i]
    if (value === 0) continue
    indices[used] = i + 2
    weights[used] = value
    used += 1
  }
}

function clipShare(share: number): number {
  return share < 0.005 ? 0.005 : share > 0.995 ? 0.995 : share
}

/** q = m(1 − m), not below its floor: how much room a zone whose profile is `share` has to vary. */
export function spread(share: number, k: Constants): number {
  const m = clipShare(share)
  return Math.max(m * (1 - m), k.qFloor)
}

/** How variable a zone is against its kind: 1 where nothing is known of that. */
export function zoneScale(state: EstimatorState, row: number, k: Constants): number {
  const { errorSum, errorCount } = state.columns
  const scale = (k.scaleStrength + errorSum[row]) / (k.scaleStrength + errorCount[row])
  return scale < 0.2 ? 0.2 : scale > 4 ? 4 : scale
}

/**
 * Brings a row to `minute` (minutes since the epoch), which lies at `point` of its local week, and leaves the mean of the
 * share in the returned number. Opens the row's slot if it has none. A time before the row's own (a report that comes late)
 * leaves the row where it is: the deviations of then are those of now as far as they last that long.
 */
function predict(state: EstimatorState, row: number, minute: number, point: number, k: Constants): number {
  const { columns, learned } = state
  const fresh = columns.slot[row] < 0 || columns.at[row] === 0
  const slot = fresh ? openSlot(state, row) : columns.slot[row]
  const x = learned.mean
  const p = learned.covariance
  const xo = slot * STATE_SIZE
  const po = slot * STATE_PACKED
  gather(point)
  const capacity = columns.capacity[row]
  const elapsed = fresh ? 0 : Math.max(0, minute - columns.at[row])
  if (!fresh) age(state, row, slot, minute, k)
  let m = 0
  for (let i = 2; i < used; i += 1) m += weights[i] * x[xo + indices[i]]
  const q = spread(m, k)
  const scale = zoneScale(state, row, k)
  const sf = (k.psi / capacity + k.thetaFast * scale) * q
  const ss = k.thetaSlow * scale * q
  if (fresh) {
    p[po] = sf
    p[po + 2] = ss
  } else if (minute >= columns.at[row]) {
    const g = Math.min(2, Math.sqrt(q / spread(columns.profileAt[row], k)))
    const rf = Math.exp(-elapsed / k.tauFast)
    const rs = Math.exp(-elapsed / k.tauSlow)
    const af = rf * g
    const as = rs * g
    x[xo] *= af
    x[xo + 1] *= as
    p[po] = af * af * p[po] + (1 - rf * rf) * sf
    p[po + 1] *= af * as
    p[po + 2] = as * as * p[po + 2] + (1 - rs * rs) * ss
    for (let i = 2, at = po + 3; i < STATE_SIZE; at += i + 1, i += 1) {
      p[at] *= af
      p[at + 1] *= as
    }
  }
  since = 0
  if (minute < columns.at[row]) {
    const late = columns.at[row] - minute
    weights[0] = Math.exp(-late / k.tauFast)
    weights[1] = Math.exp(-late / k.tauSlow)
    since = (1 - weights[0] * weights[0]) * sf + (1 - weights[1] * weights[1]) * ss
    return m + weights[0] * x[xo] + weights[1] * x[xo + 1]
  }
  columns.profileAt[row] = m
  columns.at[row] = minute
  return m + x[xo] + x[xo + 1]
}

/** What was learned of a profile fades towards the pool with each local midnight passed (streets change). */
function age(state: EstimatorState, row: number, slot: number, minute: number, k: Constants): void {
  const { columns, learned } = state
  const days = Math.floor(minute / MINUTES_A_DAY) - Math.floor(columns.at[row] / MINUTES_A_DAY)
  if (days <= 0) return
  const prior = state.pools[columns.pool[row]]
  const rho = Math.exp(-days / k.tauProfileDays)
  const fresh = 1 - rho * rho
  const x = learned.mean
  const p = learned.covariance
  const xo = slot * STATE_SIZE + 2
  for (let i = 0; i < PROFILE_SIZE; i += 1) x[xo + i] = prior.mean[i] + rho * (x[xo + i] - prior.mean[i])
  let at = slot * STATE_PACKED + 3
  let from = 0
  for (let i = 0; i < PROFILE_SIZE; i += 1) {
    p[at] *= rho
    p[at + 1] *= rho
    for (let j = 0; j <= i; j += 1) {
      p[at + 2 + j] = rho * rho * p[at + 2 + j] + fresh * prior.covariance[from + j]
    }
    at += i + 3
    from += i + 1
  }
}

/** Covariance of the state with the share at the gathered point, into `gain`; returns the variance of the share. */
function spreadOver(p: Float32Array, po: number): number {
  gain.fill(0)
  for (let u = 0; u < used; u += 1) {
    const j = indices[u]
    const w = weights[u]
    const rowStart = po + (j * (j + 1)) / 2
    for (let i = 0; i <= j; i += 1) gain[i] += w * p[rowStart + i]
    for (let i = j + 1, at = rowStart + j + 1 + j; i < STATE_SIZE; i += 1) {
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
  const { learned } = state
  const slot = state.columns.slot[row]
  const x = learned.mean
  const p = learned.covariance
  const xo = slot * STATE_SIZE
  const step = Math.min(REACH, Math.max(-REACH, reading[0])) / v
  for (let i = 0; i < STATE_SIZE; i += 1) x[xo + i] += gain[i] * step
  let at = slot * STATE_PACKED
  const change = Math.min(0, reading[1] - v) / (v * v)
  // A surprise makes us less sure of today, never of what was learned of the week.
  if (reading[1] > v) p[at] += reading[1] - v
  for (let i = 0; i < STATE_SIZE; i += 1) {
    const gi = gain[i] * change
    for (let j = 0; j <= i; j += 1) p[at + j] += gi * gain[j]
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
 * The occupied share was counted as `share` with sd `noise`; `junk` is the probability that the reporter tells nothing.
 * @returns probability that it was honest had the odds been even, for the reporter's record
 */
export function foldShare(
  state: EstimatorState,
  row: number,
  minute: number,
  point: number,
  share: number,
  noise: number,
  junk: number,
  k: Constants,
): number {
  prepare(state, row, minute, point, k)
  measured(reading, now[0], now[1], share, noise, junk)
  learnScale(state, row, share - now[0], noise, k)
  return conclude(state, row, k)
}

/** The zone was seen full (`side` 1) or empty (-1). Otherwise as {@link foldShare}. */
export function foldLimit(
  state: EstimatorState,
  row: number,
  minute: number,
  point: number,
  side: 1 | -1,
  noise: number,
  junk: number,
  k: Constants,
): number {
  prepare(state, row, minute, point, k)
  const c = state.columns.capacity[row]
  censored(reading, now[0], now[1], side, side === 1 ? 1 - 0.5 / c : 0.5 / c, noise, c, junk)
  return conclude(state, row, k)
}

/** A bike came (`side` 1: there was room just before) or went (-1: there was a bike just before). */
export function foldMove(
  state: EstimatorState,
  row: number,
  minute: number,
  point: number,
  side: 1 | -1,
  junk: number,
  k: Constants,
): number {
  prepare(state, row, minute, point, k)
  const c = state.columns.capacity[row]
  censored(reading, now[0], now[1], side === 1 ? -1 : 1, side === 1 ? 1 - 0.5 / c : 0.5 / c, 0, c, junk)
  const told = conclude(state, row, k)
  state.learned.mean[state.columns.slot[row] * STATE_SIZE] += (side * reading[2]) / c
  return told
}

/** A gate counted `net` bikes more in than out since the last time; sd of its errors in bikes. */
export function foldFlow(
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

/**
 * The occupied share of a row at `minute`, at `point` of its local week, into `out`: [0] mean, [1] variance and, where there is
 * room, the same by history alone in [2] and [3]; none clipped to what is possible. Reads only.
 */
export function forecastShare(
  state: EstimatorState,
  row: number,
  minute: number,
  point: number,
  k: Constants,
  out: Float64Array,
): void {
  const { columns, learned } = state
  const capacity = columns.capacity[row]
  const slot = columns.slot[row]
  const scale = zoneScale(state, row, k)
  if (slot < 0 || columns.at[row] === 0) {
    const prior = state.pools[columns.pool[row]]
    if (Number.isNaN(prior.shareMean[point])) fillPoint(prior, point)
    const m = prior.shareMean[point]
    out[0] = m
    out[1] = prior.shareVariance[point] + (k.psi / capacity + (k.thetaFast + k.thetaSlow) * scale) * spread(m, k)
    if (out.length >= 4) {
      out[2] = out[0]
      out[3] = out[1]
    }
    return
  }
  gather(point)
  const x = learned.mean
  const p = learned.covariance
  const xo = slot * STATE_SIZE
  const po = slot * STATE_PACKED
  let m = 0
  for (let i = 2; i < used; i += 1) m += weights[i] * x[xo + indices[i]]
  const elapsed = Math.max(0, minute - columns.at[row])
  const q = spread(m, k)
  const g = Math.min(2, Math.sqrt(q / spread(columns.profileAt[row], k)))
  const rf = Math.exp(-elapsed / k.tauFast)
  const rs = Math.exp(-elapsed / k.tauSlow)
  weights[0] = rf * g
  weights[1] = rs * g
  let v = 0
  for (let u = 0; u < used; u += 1) {
    const j = indices[u]
    const rowStart = po + (j * (j + 1)) / 2
    let sum = 0
    for (let t = 0; t < u; t += 1) sum += weights[t] * p[rowStart + indices[t]]
    v += weights[u] * (2 * sum + weights[u] * p[rowStart + j])
  }
  const sf = (k.psi / capacity + k.thetaFast * scale) * q
  const ss = k.thetaSlow * scale * q
  out[0] = m + weights[0] * x[xo] + weights[1] * x[xo + 1]
  out[1] = Math.max(1e-9, v) + (1 - rf * rf) * sf + (1 - rs * rs) * ss
  if (out.length < 4) return
  // Without the deviations: what the same hour would be said to be if nobody had come lately.
  let usual = 0
  for (let u = 2; u < used; u += 1) {
    const rowStart = po + (indices[u] * (indices[u] + 1)) / 2
    let sum = 0
    for (let t = 2; t < u; t += 1) sum += weights[t] * p[rowStart + indices[t]]
    usual += weights[u] * (2 * sum + weights[u] * p[rowStart + indices[u]])
  }
  out[2] = m
  out[3] = Math.max(1e-9, usual) + sf + ss
}
