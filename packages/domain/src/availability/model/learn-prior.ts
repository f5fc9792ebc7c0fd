import { PROFILE_SIZE } from './week-basis.ts'
import { STATE_PACKED, STATE_SIZE, type EstimatorState } from './columns.ts'
import { createPrior, PROFILE_PACKED, type ProfilePrior } from './prior.ts'

/** Weight of the parent prior, in zones, for the mean and for the covariance. */
export type PriorStrength = { readonly mean: number; readonly covariance: number }
export const PRIOR_STRENGTH: PriorStrength = { mean: 1, covariance: 5 }

/**
 * Learns the prior of zones of one kind and place from their profiles (one step of expectation–maximisation): mean and covariance,
 * shrunk towards the parent where there are few zones. `rows` must only have zones with observations. Raw reports are never
 * averaged, because false ones would bias the prior.
 */
export function learnPrior(
  parent: ProfilePrior,
  state: EstimatorState,
  rows: ArrayLike<number>,
  strength: PriorStrength = PRIOR_STRENGTH,
): ProfilePrior {
  const { mean: means, covariance: covariances } = state.learned
  const n = PROFILE_SIZE
  const mean = Float64Array.from(parent.mean, (value) => value * strength.mean)
  for (let r = 0; r < rows.length; r += 1) {
    const at = state.columns.slot[rows[r]] * STATE_SIZE + 2
    for (let i = 0; i < n; i += 1) mean[i] += means[at + i]
  }
  for (let i = 0; i < n; i += 1) mean[i] /= strength.mean + rows.length
  const covariance = Float64Array.from(parent.covariance, (value) => value * strength.covariance)
  for (let r = 0; r < rows.length; r += 1) {
    const slot = state.columns.slot[rows[r]]
    const x = slot * STATE_SIZE + 2
    let at = 0
    for (let i = 0; i < n; i += 1) {
      const from = slot * STATE_PACKED + ((i + 2) * (i + 3)) / 2 + 2
      const di = means[x + i] - mean[i]
      for (let j = 0; j <= i; j += 1) covariance[at + j] += covariances[from + j] + di * (means[x + j] - mean[j])
      at += i + 1
    }
  }
  for (let i = 0; i < PROFILE_PACKED; i += 1) covariance[i] /= strength.covariance + rows.length
  return createPrior(mean, covariance)
}

/** A zone qualifies for a prior below this variance of its level (share of the capacity). */
const MAX_LEVEL_VARIANCE = 0.02
/** A zone qualifies for a prior up to this disagreement of its reports. */
const MAX_DISAGREEMENT = 0.4

/** Whether a zone may be used to learn a prior: its level is known well enough, and its reports agree. */
export function qualifiesForPrior(state: EstimatorState, row: number): boolean {
  const { columns, learned } = state
  const slot = columns.slot[row]
  if (slot < 0 || columns.at[row] === 0) return false
  // Packed index of the variance of the profile's level, which follows the two deviations.
  const level = learned.covariance[slot * STATE_PACKED + 5]
  return level < MAX_LEVEL_VARIANCE && columns.disagreement[row] <= MAX_DISAGREEMENT
}
