import { createState, growColumns, type EstimatorState, type ProfilePrior } from '@kickstand/domain'
import { copyInto } from './zone-bytes.ts'

/** Rows that are held folded at once, 1.6 kB each: as many as people look at within minutes. */
const MAX_LOADED_ROWS = 1 << 15
/** Rows with more observations than this stay: folding them again would hold up whoever asks. */
const EXPENSIVE_REPLAY = 500
/** Belongs to no row: see `borrow`. */
export const NOBODYS = 0
/** Of a row: nothing is known of it; or something is, and has to be folded when it is asked for. */
export const BLANK = -1
export const NOT_LOADED = -2

/** Which rows are folded, and where: their places in `state`. Those that were not asked for longest make room for others. */
export type LoadedRows = {
  readonly state: EstimatorState
  /** A row's place, or `BLANK`, or `NOT_LOADED`. */
  place(row: number): number
  /** Gives a row a place, with nothing noted of it; the state there is that of another row still. */
  take(row: number): number
  /** A place to fold something in and look at it, with nothing noted: whoever borrows next folds over it. */
  borrow(): number
  /** Takes a row's place away; it is one of the two others now. */
  leave(row: number, as: typeof BLANK | typeof NOT_LOADED): void
  /** Counts an observation of the last day, made at `time`. */
  note(place: number, time: number): void
  /** Observations noted, and the time of the newest. */
  noted(place: number): number
  newest(place: number): number
  /** Takes all rows' places away: they are folded anew when they are asked for. */
  leaveAll(): void
  /** Takes note that somebody asked. */
  use(place: number): void
  /** Makes room for so many rows at once. */
  reserve(rows: number): void
}

/** `priors` is shared with who keeps it, and may grow. */
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

  /** The next place that was not used since the hand last passed it. */
  function makeRoom(): number {
    for (let looked = 0; ; looked += 1) {
      hand = (hand % (MAX_LOADED_ROWS - 1)) + 1
      const mayStay = isUsed[hand] === 1 || counts[hand] > EXPENSIVE_REPLAY
      isUsed[hand] = 0
      if (!mayStay || looked > 2 * MAX_LOADED_ROWS) break
    }
    places[rows[hand]] = NOT_LOADED
    return hand
  }

  function anyPlace(): number {
    const given = free.pop()
    if (given !== undefined) return given
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
      counts[NOBODYS] = 0
      times[NOBODYS] = 0
      return NOBODYS
    },
    leave(row, as) {
      if (row >= places.length) reserve(Math.max(row + 1, places.length * 2))
      if (places[row] >= 0) free.push(places[row])
      places[row] = as
    },
    leaveAll() {
      for (let row = 0; row < places.length; row += 1) {
        if (places[row] < 0) continue
        free.push(places[row])
        places[row] = NOT_LOADED
      }
    },
    note(place, time) {
      counts[place] += 1
      times[place] = time
    },
    noted: (place) => counts[place],
    newest: (place) => times[place],
    use(place) {
      isUsed[place] = 1
    },
    reserve,
  }
}
