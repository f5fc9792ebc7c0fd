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
  // What `at` needs of the observations, in columns: looking them up for each zone of a list would miss the cache each time.
  let counts = new Uint32Array(1024)
  let newest = new Float64Array(1024)
  const observations = new Map<number, Observation[]>()
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
    counts = copyInto(new Uint32Array(size), counts)
    newest = copyInto(new Float64Array(size), newest)
  }

  function note(row: number, known: readonly Observation[] | undefined): void {
    counts[row] = known?.length ?? 0
    newest[row] = known?.at(-1)?.at ?? 0
  }

  function refold(row: number, capacity: number | null): void {
    ensure(row)
    resetEstimate(columns, row)
    for (const seen of observations.get(row) ?? []) observe(columns, row, capacity, seen)
  }

  return {
    add(row, capacity, seen) {
      if (refused.delete(seen.id)) return false
      ensure(row)
      const known = observations.get(row)
      if (known === undefined) {
        const first = [seen]
        observations.set(row, first)
        note(row, first)
        observe(columns, row, capacity, seen)
        return true
      }
      let place = known.length
      while (place > 0 && compareObservations(known[place - 1], seen) > 0) place -= 1
      if (place > 0 && known[place - 1].id === seen.id) return false
      known.splice(place, 0, seen)
      note(row, known)
      if (place === known.length - 1) observe(columns, row, capacity, seen)
      else refold(row, capacity)
      return true
    },
    retract(row, capacity, id) {
      const known = observations.get(row)
      const place = known?.findIndex((seen) => seen.id === id) ?? -1
      if (known === undefined || place < 0) return false
      known.splice(place, 1)
      note(row, known)
      if (known.length === 0) observations.delete(row)
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
      if (!observations.delete(row)) return
      note(row, undefined)
      resetEstimate(columns, row)
    },
    at(row, capacity, time) {
      if (!(counts[row] > 0)) return NOTHING_KNOWN
      return publish(columns, row, capacity, time, { observedAt: newest[row], source: 'rider', reports: counts[row] })
    },
    isObserved: (row) => counts[row] > 0,
    reserve(rows) {
      if (rows > columns.at.length) grow(rows)
    },
    dropBefore(time) {
      let dropped = 0
      for (const [row, known] of observations) {
        const keep = known.findIndex((seen) => seen.at >= time)
        const gone = keep < 0 ? known.length : keep
        if (gone === 0) continue
        dropped += gone
        known.splice(0, gone)
        note(row, known)
        if (keep < 0) observations.delete(row)
      }
      return dropped
    },
  }
}
