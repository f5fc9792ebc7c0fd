import { openSlot, type EstimatorState } from './columns.ts'
import { learnPool, POOL_STRENGTH, type PoolStrength } from './pool.ts'
import type { ProfilePrior } from './prior.ts'
import { applyPriorChange, priorChange, type PriorChange } from './reprior.ts'

/**
 * Learns a pool anew from the zones of `rows` in it of which something was seen, and puts them on it. Do so each night for the
 * pool of all zones (parent `basePrior()`), then of each kind (parent: all), then of each kind and place (parent: the kind).
 * A snapshot taken just after holds everything; replaying later observations on it gives the same bits.
 */
export function repool(
  state: EstimatorState,
  pool: number,
  parent: ProfilePrior,
  rows: readonly number[],
  strength: PoolStrength = POOL_STRENGTH,
): void {
  const seen = rows.filter((row) => state.columns.slot[row] >= 0 && state.columns.at[row] > 0)
  const next = learnPool(parent, state, seen, strength)
  const change = priorChange(state.pools[pool], next)
  // A prior that rounding made singular is no better than the one there is.
  if (change === null) return
  state.pools[pool] = next
  putOn(state, seen, change)
}

/** Moves a row to another pool, with what its own reports said. */
export function moveToPool(state: EstimatorState, row: number, pool: number): void {
  const from = state.pools[state.columns.pool[row]]
  state.columns.pool[row] = pool
  if (state.columns.at[row] === 0) return
  const change = priorChange(from, state.pools[pool])
  if (change !== null) putOn(state, [row], change)
}

function putOn(state: EstimatorState, rows: readonly number[], change: PriorChange): void {
  for (const row of rows) {
    // Where rounding broke a zone's covariance it begins again from its pool, surely wrong in nothing.
    if (!applyPriorChange(state, row, change)) openSlot(state, row)
  }
}
