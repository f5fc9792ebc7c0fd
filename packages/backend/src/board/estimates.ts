import {
  createEstimateColumns,
  NOTHING_KNOWN,
  observe,
  publish,
  resetEstimate,
  type Availability,
  type EstimateColumns,
  type Observation,
} from '@kickstand/domain'
import { createObservationLists } from './observation-lists.ts'
import { copyInto } from './zone-bytes.ts'

/** Reports older than this have no say any more; they are dropped, and so is their count. */
export const OBSERVATIONS_KEPT_MS = 24 * 60 * 60_000
/** Retractions heard of before their reports: the writers' events come in no common order. */
const REFUSED_KEPT = 10_000

/**
 * The estimate of every zone and the observations of the last day behind it. Folding in one order, whatever order they came
 * in, makes all servers agree; keeping them lets one be taken back.
 */
export type Estimates = {
  /** Takes an observation; the same one twice counts once. Returns whether anything changed. */
  add(row: number, capacity: number | null, seen: Observation): boolean
  /** Takes an observation back. Returns whether it was there. */
  retract(row: number, capacity: number | null, id: string): boolean
  /** Remembers an observation that was taken back before it came, so that it does not count when it does. */
  refuse(id: string): void
  /** Folds a row again, after its capacity changed. */
  refold(row: number, capacity: number | null): void
  forget(row: number): void
  at(row: number, capacity: number | null, time: number): Availability
  /** Whether anything was observed on the row in the last day. */
  isObserved(row: number): boolean
  /** Makes room for so many rows at once. */
  reserve(rows: number): void
  /** Drops observations from before `time`; returns how many. */
  dropBefore(time: number): number
}

export function createEstimates(): Estimates {
  let columns: EstimateColumns = createEstimateColumns(1024)
  const observations = createObservationLists()
  const refused = new Set<string>()

  function ensure(row: number): void {
    if (row >= columns.at.length) grow(Math.max(row + 1, columns.at.length * 2))
  }

  function grow(size: number): void {
    const larger = createEstimateColumns(size)
    copyInto(larger.deviation, columns.deviation)
    copyInto(larger.variance, columns.variance)
    copyInto(larger.at, columns.at)
    columns = larger
    observations.reserve(size)
  }

  function refold(row: number, capacity: number | null): void {
    ensure(row)
    resetEstimate(columns, row)
    for (const seen of observations.inOrder(row)) observe(columns, row, capacity, seen)
  }

  return {
    add(row, capacity, seen) {
      if (refused.delete(seen.id)) return false
      ensure(row)
      const put = observations.add(row, seen)
      if (put === 'newest') observe(columns, row, capacity, seen)
      else if (put === 'between') refold(row, capacity)
      return put !== 'known'
    },
    retract(row, capacity, id) {
      if (!observations.remove(row, id)) return false
      refold(row, capacity)
      return true
    },
    refuse(id) {
      refused.add(id)
      for (const oldest of refused) {
        if (refused.size <= REFUSED_KEPT) break
        refused.delete(oldest)
      }
    },
    refold,
    forget(row) {
      if (observations.clear(row)) resetEstimate(columns, row)
    },
    at(row, capacity, time) {
      const reports = observations.count(row)
      if (reports === 0) return NOTHING_KNOWN
      return publish(columns, row, capacity, time, { observedAt: observations.newestAt(row), source: 'rider', reports })
    },
    isObserved: (row) => observations.count(row) > 0,
    reserve(rows) {
      if (rows > columns.at.length) grow(rows)
    },
    dropBefore: (time) => observations.dropBefore(time),
  }
}
