import type { Availability, Observation, Score, Sighting } from '@kickstand/domain'
import type { Checkpoint, Judgement } from './apply-observation.ts'

/** A new checkpoint, with the evidence about the reporters and the scores of the forecasts. */
export type NextCheckpoint = {
  readonly checkpoint: Checkpoint
  /** The number of its prior. */
  readonly prior: number
  /** Time of the checkpoint before it, epoch milliseconds; 0 for none. */
  readonly before: number
  readonly judgements: readonly Judgement[]
  readonly scores: readonly Score[]
}

/**
 * The estimate of every zone. Each is a checkpoint and the observations after it, replayed in one order whatever the
 * order of arrival: so all servers agree to the last bit, a restart gives the same state, and an observation can be
 * retracted. For the same reason only the rows in use need to be loaded: any other row is replayed when it is
 * requested.
 */
export type Estimates = {
  /** Adds an observation; a duplicate is ignored. Returns whether anything changed. */
  add(row: number, seen: Observation): boolean
  /** Notes that a sensor repeated its last reading at `at`: nothing to apply, but the zone was observed then. */
  confirm(row: number, at: number): void
  /** Removes an observation. Returns whether it was there. */
  retract(row: number, id: string): boolean
  /** Remembers the retraction of an observation that has not arrived yet, so that it is ignored when it does. */
  noteEarlyRetraction(id: string): void
  /** Unloads a row after its capacity or its place changed; it is replayed at the next request. */
  replay(row: number): void
  forget(row: number): void
  /**
   * The availability of a row at `time` as known at `now` (epoch milliseconds): the newest publishable sighting while
   * it is fresh, else the estimate.
   */
  at(row: number, capacity: number | null, time: number, now?: number): Availability
  /** The same for the reporter of `own`: it is used even if it is not publishable, unless there is a newer sighting. */
  withOwn(row: number, capacity: number | null, now: number, own: Sighting): Availability
  /** Whether the row was ever observed. */
  isObserved(row: number): boolean
  /** Allocates capacity for so many rows. */
  reserve(rows: number): void
  /** Sets the stored checkpoint of a row. */
  restore(row: number, checkpoint: Checkpoint): void
  /** Adds a stored observation that is not there yet. */
  load(row: number, seen: Observation): void
  /** Rows with observations up to `cutAt` that are not in their checkpoints. */
  rowsToCheckpoint(cutAt: number): number[]
  /** Unloads all rows after other priors were activated. */
  priorsChanged(): void
  /** The checkpoint of a row. */
  checkpoint(row: number): Checkpoint | null
  /**
   * Computes the checkpoint of a row at `cutAt` on a prior; changes nothing. Null if the row has a checkpoint that is
   * at least as late, or no observations to add to it.
   */
  checkpointAt(row: number, capacity: number | null, cutAt: number, prior?: number): NextCheckpoint | null
  /** Continues from a computed checkpoint, and drops the observations that are in it. */
  advance(row: number, checkpoint: Checkpoint): void
  /** Notes that all rows have their checkpoints up to `cutAt`. */
  advanceCutoff(cutAt: number): void
  /** A row's estimate as bytes. Servers with the same observations have the same bytes. */
  bytes(row: number, capacity: number | null): Uint8Array
}
