import { PROFILE_SIZE } from './week-basis.ts'
import { STATE_PACKED, STATE_SIZE, type EstimatorState } from './columns.ts'
import { createPrior, PROFILE_PACKED, type ProfilePrior } from './prior.ts'

/** Zones' worth of belief in the parent when a prior learns its mean, and its covariance. */
export type PriorStrength = { readonly mean: number; readonly covariance: number }
export const PRIOR_STRENGTH: PriorStrength = { mean: 1, covariance: 5 }

/**
 * Learns what zones of one kind and place have in common from what is known of each (one step of expectation–maximisation):
 * the mean of their profiles and how they differ, drawn towards the parent where there are few. Zones of which nothing was
 * seen must not be among `rows`. Raw reports are never averaged: liars would bias the prior.
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

/** Variance of a zone's level, as a share of the capacity, from which on it does not know itself. */
const UNKNOWN_LEVEL = 0.02
/** Disagreement from which on what was learned may be a quarrel. */
const QUARREL = 0.4

/** Whether a zone has learned enough of its own week to teach others: its level is known, and its reports agree. */
export function knowsItself(state: EstimatorState, row: number): boolean {
  const { columns, learned } = state
  const slot = columns.slot[row]
  if (slot < 0 || columns.at[row] === 0) return false
  // The profile's level, after the two deviations.
  const level = learned.covariance[slot * STATE_PACKED + 5]
  return level < UNKNOWN_LEVEL && columns.disagreement[row] <= QUARREL
}
