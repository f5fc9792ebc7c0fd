import { ZONE_BYTES } from '@kickstand/domain'
import { copyInto } from './zone-bytes.ts'
import type { Checkpoint } from './apply-observation.ts'

/** Checkpoints per chunk. They share a buffer: an object for each would double their memory. */
const CHECKPOINTS_PER_CHUNK = 1024
const NONE = -1

/** The checkpoint of each row that has one. */
export type Checkpoints = {
  /** Valid until the row's checkpoint is set again. */
  get(row: number): Checkpoint | null
  has(row: number): boolean
  /** Epoch milliseconds; 0 where there is none. */
  cutAt(row: number): number
  set(row: number, checkpoint: Checkpoint): void
  clear(row: number): void
  /** Allocates capacity for so many rows. */
  reserve(rows: number): void
}

/** No checkpoints yet. They are kept in chunks of bytes, and places of cleared ones are used again. */
export function createCheckpoints(): Checkpoints {
  /** Place of each row's checkpoint. */
  let places = new Int32Array(1024).fill(NONE)
  const free: number[] = []
  let used = 0
  const chunks: Uint8Array[] = []
  let cuts = new Float64Array(CHECKPOINTS_PER_CHUNK)
  /** Bytes of each; 0 for a stored state in an unknown format. */
  let lengths = new Uint16Array(CHECKPOINTS_PER_CHUNK)
  /** -1 for null. */
  let capacities = new Int32Array(CHECKPOINTS_PER_CHUNK)

  function take(): number {
    const freed = free.pop()
    if (freed !== undefined) return freed
    if (used === chunks.length * CHECKPOINTS_PER_CHUNK) chunks.push(new Uint8Array(CHECKPOINTS_PER_CHUNK * ZONE_BYTES))
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
      const start = (place % CHECKPOINTS_PER_CHUNK) * ZONE_BYTES
      return {
        cutAt: cuts[place],
        capacity: capacities[place] < 0 ? null : capacities[place],
        state: chunks[Math.floor(place / CHECKPOINTS_PER_CHUNK)].subarray(start, start + lengths[place]),
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
      // Longer ones have another format; what they held is learned again.
      const bytes = state.length > ZONE_BYTES ? new Uint8Array(0) : state
      cuts[place] = cutAt
      capacities[place] = capacity ?? NONE
      lengths[place] = bytes.length
      chunks[Math.floor(place / CHECKPOINTS_PER_CHUNK)].set(bytes, (place % CHECKPOINTS_PER_CHUNK) * ZONE_BYTES)
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
