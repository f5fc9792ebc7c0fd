import { PROFILE_SIZE } from './week-basis.ts'
import { STATE_PACKED, STATE_SIZE, type EstimatorState } from './columns.ts'
import type { ProfilePrior } from './prior.ts'

// Replaces the prior of a zone that has observations. With L for inverse covariances, L' = L − L_old + L_new over the profile, and
// the mean moves accordingly. The contribution of the zone's own observations is unchanged.

type Square = Float64Array

const N = STATE_SIZE

/** Inverse of a symmetric positive matrix of size `n`, full storage, by Cholesky; false where it is not positive. */
export function invert(a: Square, n: number, out: Square): boolean {
  const l = new Float64Array(n * n)
  for (let i = 0; i < n; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      let sum = a[i * n + j]
      for (let t = 0; t < j; t += 1) sum -= l[i * n + t] * l[j * n + t]
      if (i === j) {
        if (!(sum > 0)) return false
        l[i * n + i] = Math.sqrt(sum)
      } else l[i * n + j] = sum / l[j * n + j]
    }
  }
  for (let column = 0; column < n; column += 1) {
    const y = new Float64Array(n)
    for (let i = 0; i < n; i += 1) {
      let sum = i === column ? 1 : 0
      for (let t = 0; t < i; t += 1) sum -= l[i * n + t] * y[t]
      y[i] = sum / l[i * n + i]
    }
    for (let i = n - 1; i >= 0; i -= 1) {
      let sum = y[i]
      for (let t = i + 1; t < n; t += 1) sum -= l[t * n + i] * out[t * n + column]
      out[i * n + column] = sum / l[i * n + i]
    }
  }
  return true
}

function unpack(packed: ArrayLike<number>, start: number, n: number): Square {
  const full = new Float64Array(n * n)
  let at = start
  for (let i = 0; i < n; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      full[i * n + j] = packed[at + j]
      full[j * n + i] = packed[at + j]
    }
    at += i + 1
  }
  return full
}

/** The difference between two priors, precomputed for many zones. */
export type PriorChange = { readonly precision: Float64Array; readonly pull: Float64Array }

/** Precomputes the change from one prior to another; null where a covariance cannot be inverted. */
export function priorChange(from: ProfilePrior, to: ProfilePrior): PriorChange | null {
  const n = PROFILE_SIZE
  const old = new Float64Array(n * n)
  const next = new Float64Array(n * n)
  if (!invert(unpack(from.covariance, 0, n), n, old) || !invert(unpack(to.covariance, 0, n), n, next)) return null
  const pull = new Float64Array(n)
  for (let i = 0; i < n; i += 1) {
    for (let j = 0; j < n; j += 1) pull[i] += next[i * n + j] * to.mean[j] - old[i * n + j] * from.mean[j]
  }
  return { precision: next.map((value, i) => value - old[i]), pull }
}

/** Moves a zone to its new prior. Returns false and leaves the zone unchanged where rounding or decay made that impossible. */
export function applyPriorChange(state: EstimatorState, row: number, change: PriorChange): boolean {
  const slot = state.columns.slot[row]
  const { mean, covariance } = state.learned
  const xo = slot * STATE_SIZE
  const precision = new Float64Array(N * N)
  if (!invert(unpack(covariance, slot * STATE_PACKED, N), N, precision)) return false
  const information = new Float64Array(N)
  for (let i = 0; i < N; i += 1) {
    for (let j = 0; j < N; j += 1) information[i] += precision[i * N + j] * mean[xo + j]
  }
  for (let i = 0; i < PROFILE_SIZE; i += 1) {
    information[i + 2] += change.pull[i]
    for (let j = 0; j < PROFILE_SIZE; j += 1) {
      precision[(i + 2) * N + j + 2] += change.precision[i * PROFILE_SIZE + j]
    }
  }
  const next = new Float64Array(N * N)
  if (!invert(precision, N, next)) return false
  let at = slot * STATE_PACKED
  for (let i = 0; i < N; i += 1) {
    let sum = 0
    for (let j = 0; j < N; j += 1) sum += next[i * N + j] * information[j]
    mean[xo + i] = sum
    for (let j = 0; j <= i; j += 1) covariance[at + j] = next[i * N + j]
    at += i + 1
  }
  return true
}
