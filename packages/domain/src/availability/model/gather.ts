import { PART, PROFILE_SIZE, WEEK_BASIS } from './week-basis.ts'
import { STATE_SIZE, type EstimatorState } from './columns.ts'
import type { Constants } from './constants.ts'

/** The curves gathered last: their values and their indices in the state. Module-level buffers, since calls never overlap. */
export const weights: Float64Array = new Float64Array(STATE_SIZE)
export const indices: Int32Array = new Int32Array(STATE_SIZE)
/** Number of gathered curves. */
export let activeCount = 0

/** Gathers the deviations and the curves that are not zero at `point`: their indices in the state and their values. */
export function gather(point: number): void {
  weights[0] = 1
  weights[1] = 1
  indices[0] = 0
  indices[1] = 1
  activeCount = 2
  const base = point * PROFILE_SIZE
  for (let i = 0; i < PROFILE_SIZE; i += 1) {
    const value = WEEK_BASIS[base + i]
    if (value === 0 && i >= PART.weekend) continue
    indices[activeCount] = i + 2
    weights[activeCount] = value
    activeCount += 1
  }
}

function clipShare(share: number): number {
  return share < 0.005 ? 0.005 : share > 0.995 ? 0.995 : share
}

/** q = m(1 − m), at least its lower bound: how much a zone with a mean of `share` can vary. */
export function spread(share: number, k: Constants): number {
  const m = clipShare(share)
  return Math.max(m * (1 - m), k.qFloor)
}

/**
 * Variance of the number of parked bikes over the capacity, for random arrivals that go elsewhere when the zone is full: the mean
 * while there is room (M/M/∞), less as it fills up, never 0 (the normal that has Erlang's mean and probability when clipped).
 */
export function turnover(share: number): number {
  const m = clipShare(share)
  return Math.min(Math.max(m, 0.02), Math.max(2 * m * (1 - m), 0.2))
}

/** How variable a zone is compared with its prior; 1 without observations. */
export function zoneScale(state: EstimatorState, row: number, k: Constants): number {
  const { errorSum, errorCount } = state.columns
  const scale = (k.scaleStrength + errorSum[row]) / (k.scaleStrength + errorCount[row])
  return scale < 0.2 ? 0.2 : scale > 4 ? 4 : scale
}
