import {
  answerZone,
  basePrior,
  createState,
  encodeZone,
  growColumns,
  isOfMachine,
  isOfThePresent,
  NOTHING_KNOWN,
  scoreReport,
  type Availability,
  type EstimatorState,
  type Observation,
  type Score,
} from '@kickstand/domain'
import type { RowClocks } from './row-clocks.ts'
import { copyInto } from './zone-bytes.ts'
import { clearRow, foldAndJudge, foldInto, startFrom, type Checkpoint, type Judgement } from './zone-filter.ts'
import { createZoneLog, hasUpTo, moveCut, take, takeOut, type ZoneLog } from './zone-log.ts'

const MINUTE = 60_000
/** Retractions heard of before their reports: the writers' events come in no common order. */
const REFUSED_KEPT = 10_000

/** A checkpoint as it is when made, with what it goes on from, what it showed of the reporters, and they of the forecasts. */
export type NextCheckpoint = {
  readonly checkpoint: Checkpoint
  readonly before: Checkpoint | null
  readonly judgements: readonly Judgement[]
  readonly scores: readonly Score[]
}

/**
 * The estimate of every zone. Each is a checkpoint and the observations after it, folded in one order whatever order they
 * came in: so all servers agree to the last bit, a restart gives the same, and an observation can be taken back.
 */
export type Estimates = {
  /** Takes an observation; the same one twice counts once. Returns whether anything changed. */
  add(row: number, capacity: number | null, seen: Observation): boolean
  /** A machine says at `at` that its zone is as it said before: nothing to fold, but it was seen so then. */
  confirm(row: number, at: number): void
  /** Takes an observation back. Returns whether it was there. */
  retract(row: number, capacity: number | null, id: string): boolean
  /** Remembers an observation that was taken back before it came, so that it does not count when it does. */
  refuse(id: string): void
  /** Folds a row again, after its capacity or its place changed. */
  refold(row: number, capacity: number | null): void
  forget(row: number): void
  at(row: number, capacity: number | null, time: number): Availability
  /** Whether anything is known of the row itself: seen since its checkpoint, or learned before. */
  isObserved(row: number): boolean
  /** Makes room for so many rows at once. */
  reserve(rows: number): void
  /** Begins a row from what was stored of it, before its observations. */
  restore(row: number, capacity: number | null, checkpoint: Checkpoint): void
  /** Rows with observations up to a moment that their checkpoints do not hold. */
  rowsToFold(cutAt: number): number[]
  /** The checkpoint of a row at a moment; changes nothing. Null where the row has one as late, or nothing to put in it. */
  checkpointAt(row: number, capacity: number | null, cutAt: number): NextCheckpoint | null
  /** Goes on from a checkpoint that was made of the row, and drops the observations that it holds. */
  advance(row: number, capacity: number | null, checkpoint: Checkpoint): void
  /** Takes note that all rows have their checkpoints up to a moment. */
  settle(cutAt: number, capacity: (row: number) => number | null): void
  /** All that is held of a row's estimate, as bytes: two servers that agree have the same. */
  bytes(row: number): Uint8Array
}

export function createEstimates(clocks: RowClocks): Estimates {
  const state: EstimatorState = createState(1024, [basePrior()])
  /** One row to make checkpoints in. */
  const bench: EstimatorState = createState(1, state.pools)
  // What `at` needs of the observations, in columns: looking them up for each zone of a list would miss the cache each time.
  let counts = new Uint32Array(1024)
  let newest = new Float64Array(1024)
  const logs = new Map<number, ZoneLog>()
  /** When a machine last said something of the few rows that have one. */
  const machines = new Map<number, number>()
  const refused = new Set<string>()
  let settledAt = 0

  function grow(size: number): void {
    growColumns(state, size)
    counts = copyInto(new Uint32Array(size), counts)
    newest = copyInto(new Float64Array(size), newest)
  }

  function logOf(row: number): ZoneLog {
    if (row >= counts.length) grow(Math.max(row + 1, counts.length * 2))
    const known = logs.get(row)
    if (known !== undefined) return known
    const made = createZoneLog(null, settledAt)
    logs.set(row, made)
    return made
  }

  const hourOf = (row: number) => (minute: number) => clocks.hourOfWeek(row, minute)

  function note(row: number, seen: Observation): void {
    if (!isOfThePresent(seen)) return
    if (isOfMachine(seen)) return confirm(row, seen.at)
    counts[row] += 1
    newest[row] = seen.at
  }

  function confirm(row: number, at: number): void {
    machines.set(row, Math.max(machines.get(row) ?? 0, at))
  }

  /** When a machine last said something that is not yet a matter of history, else 0. */
  function toldByMachine(row: number): number {
    const at = machines.get(row) ?? 0
    return at > settledAt ? at : 0
  }

  function foldLog(row: number, log: ZoneLog, capacity: number | null): void {
    counts[row] = 0
    newest[row] = 0
    if (log.checkpoint === null && log.first === log.counted.length) {
      if (log.seen.length === 0) logs.delete(row)
      return clearRow(state, row)
    }
    startFrom(state, row, log.checkpoint, capacity)
    const hour = hourOf(row)
    for (let i = log.first; i < log.counted.length; i += 1) {
      foldInto(state, row, log.counted[i], hour)
      note(row, log.counted[i])
    }
  }

  return {
    add(row, capacity, seen) {
      if (refused.delete(seen.id)) return false
      const log = logOf(row)
      const isFirst = log.checkpoint === null && log.counted.length === 0
      const taken = take(log, seen)
      if (taken === 'nothing') return false
      if (taken === 'again' || isFirst) foldLog(row, log, capacity)
      else {
        foldInto(state, row, seen, hourOf(row))
        note(row, seen)
      }
      return true
    },
    confirm,
    retract(row, capacity, id) {
      const log = logs.get(row)
      if (log === undefined || !takeOut(log, id)) return false
      foldLog(row, log, capacity)
      return true
    },
    refuse(id) {
      refused.add(id)
      for (const oldest of refused) {
        if (refused.size <= REFUSED_KEPT) break
        refused.delete(oldest)
      }
    },
    refold(row, capacity) {
      const log = logs.get(row)
      if (log !== undefined) foldLog(row, log, capacity)
    },
    forget(row) {
      machines.delete(row)
      if (!logs.delete(row)) return
      counts[row] = 0
      newest[row] = 0
      clearRow(state, row)
    },
    at(row, capacity, time) {
      // Where nothing was ever seen there is nothing to work out, not even the local time.
      if (!(state.columns.at[row] > 0)) return NOTHING_KNOWN
      const minute = time / MINUTE
      const byRider = counts[row] > 0 ? newest[row] : 0
      const byMachine = toldByMachine(row)
      const observedAt = Math.max(byRider, byMachine)
      return answerZone(state, row, capacity, minute, clocks.hourOfWeek(row, minute), {
        observedAt: observedAt === 0 ? null : observedAt,
        source: observedAt === 0 ? 'history' : byMachine >= byRider ? 'sensor' : 'rider',
        reports: counts[row],
      })
    },
    isObserved: (row) => counts[row] > 0 || state.columns.at[row] > 0,
    reserve(rows) {
      if (rows > counts.length) grow(rows)
    },
    restore(row, capacity, checkpoint) {
      const log = logOf(row)
      log.checkpoint = checkpoint
      log.cutAt = Math.max(settledAt, checkpoint.cutAt)
      foldLog(row, log, capacity)
    },
    rowsToFold: (cutAt) => [...logs].filter(([, log]) => hasUpTo(log, cutAt)).map(([row]) => row),
    checkpointAt(row, capacity, cutAt) {
      const log = logs.get(row)
      if (log === undefined || !hasUpTo(log, cutAt)) return null
      const judgements: Judgement[] = []
      const scores: Score[] = []
      startFrom(bench, 0, log.checkpoint, capacity)
      for (let i = log.first; i < log.counted.length && log.counted[i].foldAt <= cutAt; i += 1) {
        const seen = log.counted[i]
        const score = scoreReport(bench, 0, capacity, seen, clocks.hourOfWeek(row, seen.at / MINUTE))
        if (score !== null) scores.push(score)
        const judgement = foldAndJudge(bench, 0, seen, hourOf(row))
        if (judgement !== null) judgements.push(judgement)
      }
      const checkpoint = { cutAt, capacity, state: encodeZone(bench, 0) }
      return { checkpoint, before: log.checkpoint, judgements, scores }
    },
    advance(row, capacity, checkpoint) {
      const log = logs.get(row)
      if (log === undefined) return
      log.checkpoint = checkpoint
      moveCut(log, checkpoint.cutAt)
      foldLog(row, log, capacity)
    },
    settle(cutAt, capacity) {
      settledAt = Math.max(settledAt, cutAt)
      for (const [row, log] of logs) {
        const isEmpty = log.seen.length === 0
        if (moveCut(log, settledAt) || (!isEmpty && log.seen.length === 0)) foldLog(row, log, capacity(row))
      }
    },
    bytes: (row) => encodeZone(state, row),
  }
}
