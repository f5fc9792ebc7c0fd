import { PART, PROFILE_SIZE, WEEK_BASIS } from './week-basis.ts'
import { STATE_SIZE, type EstimatorState } from './columns.ts'
import type { Constants } from './constants.ts'

/** The curves gathered last: their values and their places in the state. Belongs to the module, since nothing runs beside it. */
export const weights: Float64Array = new Float64Array(STATE_SIZE)
export const indices: Int32Array = new Int32Array(STATE_SIZE)
/** How many were gathered. */
export let used = 0

/** The curves that are not zero at `point`, with the deviations: their places in the state and their values. */
export function gather(point: number): void {
  weights[0] = 1
  weights[1] = 1
  indices[0] = 0
  indices[1] = 1
  used = 2
  const base = point * PROFILE_SIZE
  for (let i = 0; i < PROFILE_SIZE; i += 1) {
    const value = WEEK_BASIS[base + i]
    if (value === 0 && i >= PART.weekend) continue
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

/**
 * Variance of the spaces taken, over the capacity, where riders come at random and go elsewhere when it is full: as many as are
 * there while there is room (M/M/∞), less as it fills up, yet never nothing (the normal that, clipped, has Erlang's mean and chance).
 */
export function turnover(share: number): number {
  const m = clipShare(share)
  return Math.min(Math.max(m, 0.02), Math.max(2 * m * (1 - m), 0.2))
}

/** How variable a zone is against its kind: 1 where nothing is known of that. */
export function zoneScale(state: EstimatorState, row: number, k: Constants): number {
  const { errorSum, errorCount } = state.columns
  const scale = (k.scaleStrength + errorSum[row]) / (k.scaleStrength + errorCount[row])
  return scale < 0.2 ? 0.2 : scale > 4 ? 4 : scale
}
