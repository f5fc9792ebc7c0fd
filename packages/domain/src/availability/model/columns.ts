import { PROFILE_SIZE } from './week-basis.ts'
import type { ProfilePrior } from './prior.ts'

/** Size of a zone's state vector: fast and slow deviation, then the profile. */
export const STATE_SIZE: number = PROFILE_SIZE + 2
/** Elements of its covariance, lower triangle by rows. */
export const STATE_PACKED: number = (STATE_SIZE * (STATE_SIZE + 1)) / 2

/**
 * Live state of many zones, one row each; {@link LIVE_BYTES} bytes a zone. Zones with observations have a slot in the learned
 * store; the others are described by their prior alone.
 */
export type AvailabilityColumns = {
  /** Time of the state, minutes since the epoch; 0 without observations. */
  readonly at: Float64Array
  /** Slot in the learned store; -1 without observations. */
  readonly slot: Int32Array
  /** Index of the zone's prior in `priors`. */
  readonly prior: Uint32Array
  /** Mean of the profile at `at`, share of the capacity. */
  readonly profileAt: Float32Array
  /** Moving average of the probability that a report was an outlier: above 0.4 the reports disagree. */
  readonly disagreement: Float32Array
  /** Sum of squared normalised errors and their number, both decaying: how variable the zone is compared with its prior. */
  readonly errorSum: Float32Array
  readonly errorCount: Float32Array
  /** Spaces: the published capacity, or more where more bikes were seen; learned where nothing is published. */
  readonly capacity: Float32Array
  /** A count above the capacity without a second one yet; 0 for none. */
  readonly unconfirmedCount: Float32Array
  /** Last sensor reading (occupied spaces, NaN for none), the minute of its last change, and the minute of the reading. */
  readonly reading: Float32Array
  readonly readingSince: Uint32Array
  readonly readingAt: Uint32Array
}

/** Bytes of one row of the live columns. */
export const LIVE_BYTES: number = 8 + 4 + 4 + 4 * 9

/** Means and covariances of zones with observations, by slot; grows by doubling. */
export type LearnedStore = {
  count: number
  mean: Float32Array
  covariance: Float32Array
}

export type EstimatorState = {
  columns: AvailabilityColumns
  readonly learned: LearnedStore
  /** By index; may have gaps. */
  readonly priors: ProfilePrior[]
}

/** Columns of so many rows without observations. */
export function createColumns(rows: number): AvailabilityColumns {
  return {
    at: new Float64Array(rows),
    slot: new Int32Array(rows).fill(-1),
    prior: new Uint32Array(rows),
    profileAt: new Float32Array(rows),
    disagreement: new Float32Array(rows),
    errorSum: new Float32Array(rows),
    errorCount: new Float32Array(rows),
    capacity: new Float32Array(rows),
    unconfirmedCount: new Float32Array(rows),
    reading: new Float32Array(rows).fill(Number.NaN),
    readingSince: new Uint32Array(rows),
    readingAt: new Uint32Array(rows),
  }
}

/** State of `rows` zones without observations, all with the first of `priors`. */
export function createState(rows: number, priors: readonly ProfilePrior[]): EstimatorState {
  return {
    columns: createColumns(rows),
    learned: { count: 0, mean: new Float32Array(0), covariance: new Float32Array(0) },
    priors: [...priors],
  }
}

/** Deletes the observations of a row; it keeps its prior, its capacity and its slot. */
export function forgetZone({ columns }: EstimatorState, row: number): void {
  columns.at[row] = 0
  for (const column of [
    columns.profileAt,
    columns.disagreement,
    columns.errorSum,
    columns.errorCount,
    columns.unconfirmedCount,
  ]) {
    column[row] = 0
  }
  columns.reading[row] = Number.NaN
  columns.readingSince[row] = 0
  columns.readingAt[row] = 0
}

/** Grows the columns to `rows` zones. Existing rows are unchanged. */
export function growColumns(state: EstimatorState, rows: number): void {
  const { columns } = state
  const larger = createColumns(rows)
  larger.at.set(columns.at)
  larger.slot.set(columns.slot)
  larger.prior.set(columns.prior)
  larger.profileAt.set(columns.profileAt)
  larger.disagreement.set(columns.disagreement)
  larger.errorSum.set(columns.errorSum)
  larger.errorCount.set(columns.errorCount)
  larger.capacity.set(columns.capacity)
  larger.unconfirmedCount.set(columns.unconfirmedCount)
  larger.reading.set(columns.reading)
  larger.readingSince.set(columns.readingSince)
  larger.readingAt.set(columns.readingAt)
  state.columns = larger
}

/** Assigns a row a slot in the learned store and fills it from its prior. Returns the slot. */
export function openSlot(state: EstimatorState, row: number): number {
  const { columns, learned } = state
  let slot = columns.slot[row]
  if (slot < 0) {
    slot = learned.count
    if ((slot + 1) * STATE_SIZE > learned.mean.length) grow(learned)
    learned.count += 1
    columns.slot[row] = slot
  }
  const prior = state.priors[columns.prior[row]]
  const m = slot * STATE_SIZE
  const p = slot * STATE_PACKED
  learned.mean.fill(0, m, m + STATE_SIZE)
  learned.covariance.fill(0, p, p + STATE_PACKED)
  learned.mean.set(prior.mean, m + 2)
  for (let i = 0; i < PROFILE_SIZE; i += 1) {
    const from = (i * (i + 1)) / 2
    const to = p + ((i + 2) * (i + 3)) / 2 + 2
    for (let j = 0; j <= i; j += 1) learned.covariance[to + j] = prior.covariance[from + j]
  }
  return slot
}

function grow(learned: LearnedStore): void {
  const slots = Math.max(16, learned.count * 2)
  const mean = new Float32Array(slots * STATE_SIZE)
  mean.set(learned.mean)
  learned.mean = mean
  const covariance = new Float32Array(slots * STATE_PACKED)
  covariance.set(learned.covariance)
  learned.covariance = covariance
}
