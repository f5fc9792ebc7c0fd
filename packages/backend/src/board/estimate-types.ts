import type { Availability, Observation, Score, Sighting } from '@kickstand/domain'
import type { Checkpoint, Judgement } from './apply-observation.ts'

/** A checkpoint as it is when made, with what it showed of the reporters, and they of the forecasts. */
export type NextCheckpoint = {
  readonly checkpoint: Checkpoint
  /** The number of the prior that it rests on. */
  readonly prior: number
  /** When the one was made that it goes on from, epoch milliseconds; 0 where there is none. */
  readonly before: number
  readonly judgements: readonly Judgement[]
  readonly scores: readonly Score[]
}

/**
 * The estimate of every zone. Each is a checkpoint and the observations after it, folded in one order whatever order they
 * came in: so all servers agree to the last bit, a restart gives the same, and an observation can be taken back. That is also
 * why nothing is lost by holding only those folded that are asked for: any other is folded when somebody asks.
 */
export type Estimates = {
  /** Takes an observation; the same one twice counts once. Returns whether anything changed. */
  add(row: number, seen: Observation): boolean
  /** A machine says at `at` that its zone is as it said before: nothing to fold, but it was seen so then. */
  confirm(row: number, at: number): void
  /** Takes an observation back. Returns whether it was there. */
  retract(row: number, id: string): boolean
  /** Remembers an observation that was taken back before it came, so that it does not count when it does. */
  refuse(id: string): void
  /** Has a row folded again, after its capacity or its place changed. */
  replay(row: number): void
  forget(row: number): void
  /** What is told of a row at `now` of `time` (epoch milliseconds): the newest publishable sighting while it rules, else the estimate. */
  at(row: number, capacity: number | null, time: number, now?: number): Availability
  /** The same where `own` is the newest sighting, whoever made it, as far as there is no newer one. */
  withOwn(row: number, capacity: number | null, now: number, own: Sighting): Availability
  /** Whether anything was told of the row itself, lately or before. */
  isObserved(row: number): boolean
  /** Makes room for so many rows at once. */
  reserve(rows: number): void
  /** Begins a row from what was stored of it. */
  restore(row: number, checkpoint: Checkpoint): void
  /** Puts in a stored observation that is not there yet. */
  load(row: number, seen: Observation): void
  /** Rows with observations up to a moment that their checkpoints do not hold. */
  rowsToCheckpoint(cutAt: number): number[]
  /** Has all rows folded again that have no checkpoint: other priors are in force. */
  relearned(): void
  /** A row's checkpoint, as it is held. */
  checkpoint(row: number): Checkpoint | null
  /** The checkpoint of a row at a moment, on a prior; changes nothing. Null where the row has one as late, or nothing to put in it. */
  checkpointAt(row: number, capacity: number | null, cutAt: number, prior?: number): NextCheckpoint | null
  /** Goes on from a checkpoint that was made of the row, and drops the observations that it holds. */
  advance(row: number, checkpoint: Checkpoint): void
  /** Takes note that all rows have their checkpoints up to a moment. */
  settle(cutAt: number): void
  /** All that is held of a row's estimate, as bytes: two servers that agree have the same. */
  bytes(row: number, capacity: number | null): Uint8Array
}
