import { openSlot, type EstimatorState } from './columns.ts'
import { learnPrior, PRIOR_STRENGTH, type PriorStrength } from './learn-prior.ts'
import type { ProfilePrior } from './prior.ts'
import { applyPriorChange, priorChange, type PriorChange } from './exchange-prior.ts'

/**
 * Learns a prior again from those of `rows` with observations, and moves them to it. Call it every night for the prior of all
 * zones (parent `basePrior()`), then of each kind (parent: all), then of each kind and place (parent: the kind). A checkpoint
 * taken just after is complete: replaying later observations on it gives the same bits.
 */
export function relearnPrior(
  state: EstimatorState,
  prior: number,
  parent: ProfilePrior,
  rows: readonly number[],
  strength: PriorStrength = PRIOR_STRENGTH,
): void {
  const seen = rows.filter((row) => state.columns.slot[row] >= 0 && state.columns.at[row] > 0)
  const next = learnPrior(parent, state, seen, strength)
  const change = priorChange(state.priors[prior], next)
  // Keeps the present prior where rounding made the new one singular.
  if (change === null) return
  state.priors[prior] = next
  applyToRows(state, seen, change)
}

/** Moves a row to another prior; its own observations keep their effect. */
export function moveToPrior(state: EstimatorState, row: number, prior: number): void {
  const from = state.priors[state.columns.prior[row]]
  state.columns.prior[row] = prior
  if (state.columns.at[row] === 0) return
  const change = priorChange(from, state.priors[prior])
  if (change !== null) applyToRows(state, [row], change)
}

function applyToRows(state: EstimatorState, rows: readonly number[], change: PriorChange): void {
  for (const row of rows) {
    // Where rounding made a zone's covariance unusable, it starts again from its prior.
    if (!applyPriorChange(state, row, change)) openSlot(state, row)
  }
}
