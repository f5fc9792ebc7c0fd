import {
  compareObservations,
  createEstimateColumns,
  NOTHING_KNOWN,
  observe,
  publish,
  resetEstimate,
  type Availability,
  type EstimateColumns,
  type Observation,
} from '@kickstand/domain'
import { copyInto } from './zone-bytes.ts'

/** Reports older than this have no say any more; they are dropped, and so is their count. */
export const OBSERVATIONS_KEPT_MS = 24 * 60 * 60_000

/**
 * The estimate of every zone and the observations of the last day behind it. Folding in one order, whatever order they came
 * in, makes all servers agree; keeping them lets one be taken back.
 */
export type Estimates = {
  /** Takes an observation; the same one twice counts once. Returns whether anything changed. */
  add(row: number, capacity: number | null, seen: Observation): boolean
  /** Takes an observation back. Returns whether it was there. */
  retract(row: number, capacity: number | null, id: string): boolean
  /** Folds a row again, after its capacity changed. */
  refold(row: number, capacity: number | null): void
  forget(row: number): void
  at(row: number, capacity: number | null, time: number): Availability
  /** Whether anything was observed on the row in the last day. */
  isObserved(row: number): boolean
  /** Drops observations from before `time`; returns how many. */
  dropBefore(time: number): number
}

export function createEstimates(): Estimates {
  let columns: EstimateColumns = createEstimateColumns(1024)
  const observations = new Map<number, Observation[]>()

  function ensure(row: number): void {
    if (row < columns.at.length) return
    const size = Math.max(row + 1, columns.at.length * 2)
    const larger = createEstimateColumns(size)
    copyInto(larger.deviation, columns.deviation)
    copyInto(larger.variance, columns.variance)
    copyInto(larger.at, columns.at)
    columns = larger
  }

  function refold(row: number, capacity: number | null): void {
    ensure(row)
    resetEstimate(columns, row)
    for (const seen of observations.get(row) ?? []) observe(columns, row, capacity, seen)
  }

  return {
    add(row, capacity, seen) {
      ensure(row)
      const known = observations.get(row)
      if (known === undefined) {
        observations.set(row, [seen])
        observe(columns, row, capacity, seen)
        return true
      }
      let place = known.length
      while (place > 0 && compareObservations(known[place - 1], seen) > 0) place -= 1
      if (place > 0 && known[place - 1].id === seen.id) return false
      known.splice(place, 0, seen)
      if (place === known.length - 1) observe(columns, row, capacity, seen)
      else refold(row, capacity)
      return true
    },
    retract(row, capacity, id) {
      const known = observations.get(row)
      const place = known?.findIndex((seen) => seen.id === id) ?? -1
      if (known === undefined || place < 0) return false
      known.splice(place, 1)
      if (known.length === 0) observations.delete(row)
      refold(row, capacity)
      return true
    },
    refold,
    forget(row) {
      observations.delete(row)
      if (row < columns.at.length) resetEstimate(columns, row)
    },
    at(row, capacity, time) {
      const known = observations.get(row)
      if (known === undefined || row >= columns.at.length) return NOTHING_KNOWN
      const newest = known.at(-1)
      return publish(columns, row, capacity, time, {
        observedAt: newest?.at ?? null,
        source: 'rider',
        reports: known.length,
      })
    },
    isObserved: (row) => observations.has(row),
    dropBefore(time) {
      let dropped = 0
      for (const [row, known] of observations) {
        const keep = known.findIndex((seen) => seen.at >= time)
        const gone = keep < 0 ? known.length : keep
        dropped += gone
        if (keep < 0) observations.delete(row)
        else if (gone > 0) known.splice(0, gone)
      }
      return dropped
    },
  }
}
