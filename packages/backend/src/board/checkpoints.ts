import { ZONE_BYTES } from '@kickstand/domain'
import { copyInto } from './zone-bytes.ts'
import type { Checkpoint } from './apply-observation.ts'

/** Checkpoints of a chunk; they lie side by side, since an object for each would cost as much again as its bytes. */
const CHUNK = 1024
const NONE = -1

/** The checkpoint of each row that has one. */
export type Checkpoints = {
  /** Good until the row's is set again. */
  get(row: number): Checkpoint | null
  has(row: number): boolean
  /** Epoch milliseconds; 0 where there is none. */
  cutAt(row: number): number
  set(row: number, checkpoint: Checkpoint): void
  clear(row: number): void
  /** Makes room for so many rows at once. */
  reserve(rows: number): void
}

export function createCheckpoints(): Checkpoints {
  /** Place of each row's checkpoint. */
  let places = new Int32Array(1024).fill(NONE)
  const free: number[] = []
  let used = 0
  const chunks: Uint8Array[] = []
  let cuts = new Float64Array(CHUNK)
  /** Bytes of each; 0 where what was stored is none that this code knows. */
  let lengths = new Uint16Array(CHUNK)
  /** -1 for null. */
  let capacities = new Int32Array(CHUNK)

  function take(): number {
    const given = free.pop()
    if (given !== undefined) return given
    if (used === chunks.length * CHUNK) chunks.push(new Uint8Array(CHUNK * ZONE_BYTES))
    if (used === cuts.length) {
      cuts = copyInto(new Float64Array(used * 2), cuts)
      lengths = copyInto(new Uint16Array(used * 2), lengths)
      capacities = copyInto(new Int32Array(used * 2), capacities)
    }
    used += 1
    return used - 1
  }

  function reserve(rows: number): void {
    if (rows > places.length) places = copyInto(new Int32Array(rows).fill(NONE), places)
  }

  const placeOf = (row: number): number => (row < places.length ? places[row] : NONE)

  return {
    get(row) {
      const place = placeOf(row)
      if (place === NONE) return null
      const start = (place % CHUNK) * ZONE_BYTES
      return {
        cutAt: cuts[place],
        capacity: capacities[place] < 0 ? null : capacities[place],
        state: chunks[Math.floor(place / CHUNK)].subarray(start, start + lengths[place]),
      }
    },
    has: (row) => placeOf(row) !== NONE,
    cutAt(row) {
      const place = placeOf(row)
      return place === NONE ? 0 : cuts[place]
    },
    set(row, { cutAt, capacity, state }) {
      if (row >= places.length) reserve(Math.max(row + 1, places.length * 2))
      if (places[row] === NONE) places[row] = take()
      const place = places[row]
      // Longer ones are of another formula, and are learned anew.
      const bytes = state.length > ZONE_BYTES ? new Uint8Array(0) : state
      cuts[place] = cutAt
      capacities[place] = capacity ?? NONE
      lengths[place] = bytes.length
      chunks[Math.floor(place / CHUNK)].set(bytes, (place % CHUNK) * ZONE_BYTES)
    },
    clear(row) {
      const place = placeOf(row)
      if (place === NONE) return
      places[row] = NONE
      free.push(place)
    },
    reserve,
  }
}
