import { createState, growColumns, type EstimatorState, type ProfilePrior } from '@kickstand/domain'
import { copyInto } from './zone-bytes.ts'

/** Loaded rows at a time, 1.6 kB each: as many as are requested within minutes. */
const MAX_LOADED_ROWS = 1 << 15
/** Rows with more observations than this are not evicted: their replay would delay a request. */
const MAX_EVICTABLE_OBSERVATIONS = 500
/** The place that `borrow` lends. */
export const BORROWED_PLACE = 0
/** Instead of a place: the row has no observations, or it has some and is replayed when it is requested. */
export const BLANK = -1
export const NOT_LOADED = -2

/** Cache of loaded rows: their places in `state`. The least recently used ones are evicted. */
export type LoadedRows = {
  readonly state: EstimatorState
  /** A row's place, or `BLANK`, or `NOT_LOADED`. */
  place(row: number): number
  /** Assigns a place to a row, with no observations counted; its state is not reset. */
  take(row: number): number
  /** A place for one short replay, with no observations counted; the next borrower overwrites it. */
  borrow(): number
  /** Frees the place of a row, which becomes `BLANK` or `NOT_LOADED`. */
  release(row: number, as: typeof BLANK | typeof NOT_LOADED): void
  /** Counts an observation since the checkpoint, made at `time`. */
  countObservation(place: number, time: number): void
  /** Number of counted observations, and the time of the newest. */
  observations(place: number): number
  newestAt(place: number): number
  /** Frees all places: the rows are replayed when they are requested. */
  releaseAll(): void
  /** Marks a place as recently used. */
  markUsed(place: number): void
  /** Allocates capacity for so many rows. */
  reserve(rows: number): void
}

/** `priors` is shared with `RowPriors` and may grow. */
export function createLoadedRows(priors: ProfilePrior[]): LoadedRows {
  let size = 1024
  const state: EstimatorState = { ...createState(size, []), priors }
  let places = new Int32Array(1024).fill(BLANK)
  let rows = new Int32Array(size)
  let counts = new Uint32Array(size)
  let times = new Float64Array(size)
  let isUsed = new Uint8Array(size)
  const free: number[] = []
  let taken = 1
  let hand = 0

  function grow(): void {
    size *= 2
    growColumns(state, size)
    rows = copyInto(new Int32Array(size), rows)
    counts = copyInto(new Uint32Array(size), counts)
    times = copyInto(new Float64Array(size), times)
    isUsed = copyInto(new Uint8Array(size), isUsed)
  }

  /** Evicts by the CLOCK algorithm: the next place that was not used since the hand last passed it. */
  function makeRoom(): number {
    for (let looked = 0; ; looked += 1) {
      hand = (hand % (MAX_LOADED_ROWS - 1)) + 1
      const mayStay = isUsed[hand] === 1 || counts[hand] > MAX_EVICTABLE_OBSERVATIONS
      isUsed[hand] = 0
      if (!mayStay || looked > 2 * MAX_LOADED_ROWS) break
    }
    places[rows[hand]] = NOT_LOADED
    return hand
  }

  function anyPlace(): number {
    const freed = free.pop()
    if (freed !== undefined) return freed
    if (taken === MAX_LOADED_ROWS) return makeRoom()
    if (taken === size) grow()
    taken += 1
    return taken - 1
  }

  function reserve(count: number): void {
    if (count > places.length) places = copyInto(new Int32Array(count).fill(BLANK), places)
  }

  return {
    state,
    place: (row) => (row < places.length ? places[row] : BLANK),
    take(row) {
      if (row >= places.length) reserve(Math.max(row + 1, places.length * 2))
      const place = places[row] >= 0 ? places[row] : anyPlace()
      places[row] = place
      rows[place] = row
      counts[place] = 0
      times[place] = 0
      return place
    },
    borrow() {
      counts[BORROWED_PLACE] = 0
      times[BORROWED_PLACE] = 0
      return BORROWED_PLACE
    },
    release(row, as) {
      if (row >= places.length) reserve(Math.max(row + 1, places.length * 2))
      if (places[row] >= 0) free.push(places[row])
      places[row] = as
    },
    releaseAll() {
      for (let row = 0; row < places.length; row += 1) {
        if (places[row] < 0) continue
        free.push(places[row])
        places[row] = NOT_LOADED
      }
    },
    countObservation(place, time) {
      counts[place] += 1
      times[place] = time
    },
    observations: (place) => counts[place],
    newestAt: (place) => times[place],
    markUsed(place) {
      isUsed[place] = 1
    },
    reserve,
  }
}
