import { STATE_PACKED, STATE_SIZE, type EstimatorState } from './columns.ts'
import type { Constants } from './constants.ts'
import { gather, indices, spread, turnover, activeCount, weights, zoneScale } from './gather.ts'
import { ensurePoint } from './prior.ts'

/**
 * Writes the occupied share of a row at `minute`, at `point` of its local week, to `out`: [0] mean, [1] variance, not clipped to
 * [0, 1]. Does not change the state.
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
    priorShare(state, row, point, k, out)
    return
  }
  gather(point)
  const x = learned.mean
  const p = learned.covariance
  const xo = slot * STATE_SIZE
  const po = slot * STATE_PACKED
  let m = 0
  for (let i = 2; i < activeCount; i += 1) m += weights[i] * x[xo + indices[i]]
  const elapsed = Math.max(0, minute - columns.at[row])
  const q = spread(m, k)
  const g = Math.min(2, Math.sqrt(q / spread(columns.profileAt[row], k)))
  const rf = Math.exp(-elapsed / k.tauFast)
  const rs = Math.exp(-elapsed / k.tauSlow)
  weights[0] = rf * g
  weights[1] = rs * g
  let v = 0
  for (let u = 0; u < activeCount; u += 1) {
    const j = indices[u]
    const rowStart = po + (j * (j + 1)) / 2
    let sum = 0
    for (let t = 0; t < u; t += 1) sum += weights[t] * p[rowStart + indices[t]]
    v += weights[u] * (2 * sum + weights[u] * p[rowStart + j])
  }
  const sf = (k.psi / capacity) * turnover(m) + k.thetaFast * scale * q
  const ss = k.thetaSlow * scale * q
  out[0] = m + weights[0] * x[xo] + weights[1] * x[xo + 1]
  out[1] = Math.max(1e-9, v) + (1 - rf * rf) * sf + (1 - rs * rs) * ss
}

/** The share by the row's prior alone, without its observations: [0] mean, [1] variance. */
export function priorShare(state: EstimatorState, row: number, point: number, k: Constants, out: Float64Array): void {
  const { columns } = state
  const prior = state.priors[columns.prior[row]]
  ensurePoint(prior, point)
  const m = prior.shareMean[point]
  out[0] = m
  out[1] =
    prior.shareVariance[point] +
    (k.psi / columns.capacity[row]) * turnover(m) +
    (k.thetaFast + k.thetaSlow) * zoneScale(state, row, k) * spread(m, k)
}
