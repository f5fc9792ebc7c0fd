import { PROFILE_SIZE } from './week-basis.ts'
import { openSlot, STATE_PACKED, STATE_SIZE, type EstimatorState } from './columns.ts'
import type { Constants } from './constants.ts'
import { gather, indices, spread, turnover, activeCount, weights, zoneScale } from './gather.ts'

const MINUTES_PER_DAY = 1440

/** Extra variance of a late observation: what may have changed between its time and the time of the state. */
export let lateVariance = 0

/**
 * Advances a row to `minute` (minutes since the epoch), which is `point` of its local week, and returns the mean of the share.
 * Opens the row's slot if it has none. For a late observation, with a time before the row's, the row is not moved: the deviations
 * at that time are the present ones, weighted by how long they last.
 */
export function predict(state: EstimatorState, row: number, minute: number, point: number, k: Constants): number {
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
  for (let i = 2; i < activeCount; i += 1) m += weights[i] * x[xo + indices[i]]
  const q = spread(m, k)
  const scale = zoneScale(state, row, k)
  const sf = (k.psi / capacity) * turnover(m) + k.thetaFast * scale * q
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
  lateVariance = 0
  if (minute < columns.at[row]) {
    const late = columns.at[row] - minute
    weights[0] = Math.exp(-late / k.tauFast)
    weights[1] = Math.exp(-late / k.tauSlow)
    lateVariance = (1 - weights[0] * weights[0]) * sf + (1 - weights[1] * weights[1]) * ss
    return m + weights[0] * x[xo] + weights[1] * x[xo + 1]
  }
  columns.profileAt[row] = m
  columns.at[row] = minute
  return m + x[xo] + x[xo + 1]
}

/** A learned profile decays towards the prior with each UTC midnight, because streets change. */
function age(state: EstimatorState, row: number, slot: number, minute: number, k: Constants): void {
  const { columns, learned } = state
  const days = Math.floor(minute / MINUTES_PER_DAY) - Math.floor(columns.at[row] / MINUTES_PER_DAY)
  if (days <= 0) return
  const prior = state.priors[columns.prior[row]]
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
