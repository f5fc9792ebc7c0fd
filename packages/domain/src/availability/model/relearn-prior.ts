import { openSlot, type EstimatorState } from './columns.ts'
import { learnPrior, PRIOR_STRENGTH, type PriorStrength } from './learn-prior.ts'
import type { ProfilePrior } from './prior.ts'
import { applyPriorChange, priorChange, type PriorChange } from './reprior.ts'

/**
 * Learns a prior anew from the zones of `rows` in it of which something was seen, and puts them on it. Do so each night for the
 * prior of all zones (parent `basePrior()`), then of each kind (parent: all), then of each kind and place (parent: the kind).
 * A snapshot taken just after holds everything; replaying later observations on it gives the same bits.
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
  // A prior that rounding made singular is no better than the one there is.
  if (change === null) return
  state.priors[prior] = next
  putOn(state, seen, change)
}

/** Moves a row to another prior, with what its own reports said. */
export function moveToPrior(state: EstimatorState, row: number, prior: number): void {
  const from = state.priors[state.columns.prior[row]]
  state.columns.prior[row] = prior
  if (state.columns.at[row] === 0) return
  const change = priorChange(from, state.priors[prior])
  if (change !== null) putOn(state, [row], change)
}

function putOn(state: EstimatorState, rows: readonly number[], change: PriorChange): void {
  for (const row of rows) {
    // Where rounding broke a zone's covariance it begins again from its prior, surely wrong in nothing.
    if (!applyPriorChange(state, row, change)) openSlot(state, row)
  }
}
