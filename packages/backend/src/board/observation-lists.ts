import { LEVELS, type Observation } from '@kickstand/domain'
import { copyInto } from './zone-bytes.ts'

// The observations of each row, newest first, as lists through columns: a number each where objects would take three times
// the memory and be walked by every collection of garbage. Places that become free are used again.

const NONE = -1
/** Longest id of a report, as the database holds it. */
const ID_BYTES = 32
const KINDS = ['count', 'level', 'arrived', 'left'] as const
/** Packed: two bits of kind, three of level (0 none), the rest the count plus one (0 none). */
const LEVEL_SHIFT = 2
const COUNT_SHIFT = 5

export type ObservationLists = {
  /** Puts an observation into its place. The same one is known the second time and not put. */
  add(row: number, seen: Observation): 'newest' | 'between' | 'known'
  /** Takes one away; returns whether it was there. */
  remove(row: number, id: string): boolean
  /** Takes all away; returns whether there were any. */
  clear(row: number): boolean
  count(row: number): number
  /** Epoch milliseconds of the newest; 0 where there is none. */
  newestAt(row: number): number
  /** All of a row in the order of `compareObservations`. */
  inOrder(row: number): Observation[]
  /** Makes room for so many rows at once. */
  reserve(rows: number): void
  /** Takes those from before `time` away; returns how many. */
  dropBefore(time: number): number
}

export function createObservationLists(): ObservationLists {
  let heads = new Int32Array(1024).fill(NONE)
  // What lists of zones ask for, in columns of their own: following the list would miss the cache each time.
  let counts = new Uint32Array(1024)
  let newest = new Float64Array(1024)

  let times = new Float64Array(1024)
  let packed = new Int32Array(1024)
  let older = new Int32Array(1024)
  let ids = Buffer.alloc(1024 * ID_BYTES)
  let used = 0
  let free = NONE
  const wanted = Buffer.alloc(ID_BYTES)

  function growRows(size: number): void {
    const larger = new Int32Array(size).fill(NONE)
    larger.set(heads)
    heads = larger
    counts = copyInto(new Uint32Array(size), counts)
    newest = copyInto(new Float64Array(size), newest)
  }

  function growPlaces(size: number): void {
    times = copyInto(new Float64Array(size), times)
    packed = copyInto(new Int32Array(size), packed)
    older = copyInto(new Int32Array(size), older)
    const larger = Buffer.alloc(size * ID_BYTES)
    ids.copy(larger)
    ids = larger
  }

  function want(id: string): void {
    if (id.length > ID_BYTES) throw new RangeError(`the id of a report has over ${ID_BYTES} characters: ${id}`)
    wanted.fill(0)
    wanted.write(id, 'latin1')
  }

  /** Order of the wanted id to that of a place. */
  function compareWanted(place: number): number {
    return ids.compare(wanted, 0, ID_BYTES, place * ID_BYTES, (place + 1) * ID_BYTES) * -1
  }

  function take(): number {
    if (free !== NONE) {
      const place = free
      free = older[place]
      return place
    }
    if (used === times.length) growPlaces(used * 2)
    used += 1
    return used - 1
  }

  /** Makes `place` follow `newer` (the head where NONE) in a row's list. */
  function link(row: number, newer: number, place: number): void {
    if (newer !== NONE) older[newer] = place
    else {
      heads[row] = place
      newest[row] = place === NONE ? 0 : times[place]
    }
  }

  function release(row: number, place: number): void {
    older[place] = free
    free = place
    counts[row] -= 1
  }

  /** Releases a place and all older ones. */
  function releaseFrom(row: number, first: number): void {
    for (let place = first; place !== NONE;) {
      const next = older[place]
      release(row, place)
      place = next
    }
  }

  return {
    add(row, seen) {
      if (row >= heads.length) growRows(Math.max(row + 1, heads.length * 2))
      want(seen.id)
      let newer = NONE
      let place = heads[row]
      for (; place !== NONE && times[place] >= seen.at; place = older[place]) {
        if (times[place] === seen.at) {
          const order = compareWanted(place)
          if (order === 0) return 'known'
          if (order > 0) break
        }
        newer = place
      }
      const own = take()
      times[own] = seen.at
      packed[own] = pack(seen)
      wanted.copy(ids, own * ID_BYTES)
      older[own] = place
      link(row, newer, own)
      counts[row] += 1
      return newer === NONE ? 'newest' : 'between'
    },
    remove(row, id) {
      if (!(counts[row] > 0)) return false
      want(id)
      let newer = NONE
      for (let place = heads[row]; place !== NONE; place = older[place]) {
        if (compareWanted(place) === 0) {
          link(row, newer, older[place])
          release(row, place)
          return true
        }
        newer = place
      }
      return false
    },
    clear(row) {
      if (!(counts[row] > 0)) return false
      const first = heads[row]
      link(row, NONE, NONE)
      releaseFrom(row, first)
      return true
    },
    count: (row) => counts[row] ?? 0,
    newestAt: (row) => newest[row] ?? 0,
    inOrder(row) {
      const found: Observation[] = []
      for (let place = heads[row] ?? NONE; place !== NONE; place = older[place]) {
        const id = ids.toString('latin1', place * ID_BYTES, (place + 1) * ID_BYTES).replace(/\0+$/, '')
        found.push({ id, at: times[place], ...unpack(packed[place]) })
      }
      return found.toReversed()
    },
    reserve(rows) {
      if (rows > heads.length) growRows(rows)
    },
    dropBefore(time) {
      let dropped = 0
      for (let row = 0; row < heads.length; row += 1) {
        let newer = NONE
        let place = heads[row]
        for (; place !== NONE && times[place] >= time; place = older[place]) newer = place
        if (place === NONE) continue
        const before = counts[row]
        link(row, newer, NONE)
        releaseFrom(row, place)
        dropped += before - counts[row]
      }
      return dropped
    },
  }
}

function pack({ kind, level, count }: Observation): number {
  const levelBits = level === null ? 0 : LEVELS.indexOf(level) + 1
  return KINDS.indexOf(kind) | (levelBits << LEVEL_SHIFT) | ((count === null ? 0 : count + 1) << COUNT_SHIFT)
}

function unpack(bits: number): Pick<Observation, 'kind' | 'level' | 'count'> {
  const level = (bits >> LEVEL_SHIFT) & 7
  const count = bits >> COUNT_SHIFT
  return { kind: KINDS[bits & 3], level: level === 0 ? null : LEVELS[level - 1], count: count === 0 ? null : count - 1 }
}
