import { PROFILE_SIZE } from './week-basis.ts'
import type { ProfilePrior } from './prior.ts'

/** Numbers of a learned zone: fast and slow deviation, then the profile. */
export const STATE_SIZE: number = PROFILE_SIZE + 2
/** Elements of the covariance of those, lower triangle by rows. */
export const STATE_PACKED: number = (STATE_SIZE * (STATE_SIZE + 1)) / 2

/**
 * Live state of many zones, one row each; {@link LIVE_BYTES} bytes a zone. Zones of which something was seen have a slot in
 * the learned store; the others are described by their prior alone.
 */
export type AvailabilityColumns = {
  /** Minutes since the epoch that the state belongs to; 0 where nothing was ever seen. */
  readonly at: Float64Array
  /** Slot in the learned store, -1 where nothing was ever seen. */
  readonly slot: Int32Array
  /** Which of `priors` the zone belongs to. */
  readonly prior: Uint32Array
  /** Mean of the profile at `at`, share of the capacity. */
  readonly profileAt: Float32Array
  /** Moving average of the probability that a report was an outlier: above 0.4 the reports disagree. */
  readonly disagreement: Float32Array
  /** Sum of squared normalised errors and their number, both fading: how variable the zone is against its kind. */
  readonly errorSum: Float32Array
  readonly errorCount: Float32Array
  /** Spaces as far as known: what is published, or more where more bikes were seen; learned where nothing is published. */
  readonly capacity: Float32Array
  /** A count above the capacity that nobody has confirmed yet; 0 where there is none. */
  readonly above: Float32Array
  /** Last reading of a machine (occupied spaces, NaN where there is none), and the minute it came to that value. */
  readonly reading: Float32Array
  readonly readingSince: Uint32Array
  readonly readingAt: Uint32Array
}

/** Bytes of one row of the live columns. */
export const LIVE_BYTES: number = 8 + 4 + 4 + 4 * 9

/** What zones have taught, in the order in which they first said something; grows by doubling. */
export type LearnedStore = {
  count: number
  mean: Float32Array
  covariance: Float32Array
}

export type EstimatorState = {
  columns: AvailabilityColumns
  readonly learned: LearnedStore
  /** By number; there may be gaps. */
  readonly priors: ProfilePrior[]
}

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
    above: new Float32Array(rows),
    reading: new Float32Array(rows).fill(Number.NaN),
    readingSince: new Uint32Array(rows),
    readingAt: new Uint32Array(rows),
  }
}

/** State of `rows` zones of which nothing is known, all of the first of `priors`. */
export function createState(rows: number, priors: readonly ProfilePrior[]): EstimatorState {
  return {
    columns: createColumns(rows),
    learned: { count: 0, mean: new Float32Array(0), covariance: new Float32Array(0) },
    priors: [...priors],
  }
}

/** Forgets all that was seen of a row; it keeps its prior, its capacity and its slot. */
export function forgetZone({ columns }: EstimatorState, row: number): void {
  columns.at[row] = 0
  for (const column of [columns.profileAt, columns.disagreement, columns.errorSum, columns.errorCount, columns.above]) {
    column[row] = 0
  }
  columns.reading[row] = Number.NaN
  columns.readingSince[row] = 0
  columns.readingAt[row] = 0
}

/** Makes room for `rows` zones; those that were there stay as they are. */
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
  larger.above.set(columns.above)
  larger.reading.set(columns.reading)
  larger.readingSince.set(columns.readingSince)
  larger.readingAt.set(columns.readingAt)
  state.columns = larger
}

/** Gives a row its slot in the learned store, filled from its prior. */
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
