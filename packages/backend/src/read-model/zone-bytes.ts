// The JSON of each zone as bytes, ready to be copied into responses. The closing brace is omitted, so that a response
// can append distance and availability. A zone is a `head` (its own fields: id, name, place, sources) and two parts
// that it shares with thousands of others (kind and rules; facilities). Heads are stored in chunks, each different part
// once: few enough to stay in the CPU cache.

/** Large enough that the allocator returns a freed chunk to the system. Untouched pages take no memory. */
const CHUNK_SIZE = 1 << 26

const CACHE_LINE = 64

/** Maximum number of different shared parts; further parts are stored with the heads. */
const MAX_SHARED_PARTS = 0xffff

export type ZoneBytes = {
  /** Sets the JSON of a row. */
  set(row: number, head: string, rules: string, facilities?: string): void
  /** Bytes that `copy` will write for a row. */
  length(row: number): number
  /** Reads a row's bytes, so that they are in the CPU cache when they are copied. */
  fetch(row: number): void
  /** Writes a row's JSON without closing brace into `out` at `at`; returns the position after it. */
  copy(row: number, out: Buffer, at: number): number
  /** Allocates capacity for so many rows. */
  reserve(rows: number): void
  /** Compacts the chunks, in the order of rows. */
  compact(): void
  /** Allocated bytes, and unused bytes among them. */
  usage(): { held: number; dead: number }
}

/** JSON of no zones yet. The bytes are in a few large buffers, outside of the heap. */
export function createZoneBytes(): ZoneBytes {
  let chunks: Buffer[] = []
  let used = 0
  let dead = 0
  let offsets = new Float64Array(1024)
  let lengths = new Uint32Array(1024)
  let rulesOf = new Uint16Array(1024)
  let facilitiesOf = new Uint16Array(1024)
  /** Number 0 is the empty one. */
  const parts: Buffer[] = [Buffer.alloc(0)]
  const partNumbers = new Map<string, number>([['', 0]])
  /** Never read; without it the compiler would remove the loop of `fetch`. */
  const fetched = { sum: 0 }

  function grow(rows: number): void {
    offsets = copyInto(new Float64Array(rows), offsets)
    lengths = copyInto(new Uint32Array(rows), lengths)
    rulesOf = copyInto(new Uint16Array(rows), rulesOf)
    facilitiesOf = copyInto(new Uint16Array(rows), facilitiesOf)
  }

  /** Allocates the next `length` bytes of the chunks. */
  function take(length: number): number {
    if (length > CHUNK_SIZE) throw new RangeError(`expected a zone of at most ${CHUNK_SIZE} bytes, got ${length} bytes`)
    const inChunk = used % CHUNK_SIZE
    if (chunks.length === 0 || inChunk + length > CHUNK_SIZE || (inChunk === 0 && used > 0)) {
      used = chunks.length * CHUNK_SIZE
      chunks.push(Buffer.allocUnsafeSlow(CHUNK_SIZE))
    }
    const offset = used
    used += length
    return offset
  }

  function compact(): void {
    const old = chunks
    chunks = []
    used = 0
    dead = 0
    for (let row = 0; row < offsets.length; row += 1) {
      const length = lengths[row]
      if (length === 0) continue
      const from = offsets[row]
      offsets[row] = take(length)
      const start = from % CHUNK_SIZE
      old[Math.floor(from / CHUNK_SIZE)].copy(
        chunks[chunks.length - 1],
        offsets[row] % CHUNK_SIZE,
        start,
        start + length,
      )
    }
  }

  /** The number of a part, or null for a new one beyond the maximum. */
  function numberOf(part: string): number | null {
    const known = partNumbers.get(part)
    if (known !== undefined) return known
    const number = parts.length
    if (number > MAX_SHARED_PARTS) return null
    parts.push(Buffer.from(part))
    partNumbers.set(part, number)
    return number
  }

  return {
    set(row, head, rules, facilities = '') {
      if (row >= offsets.length) grow(Math.max(row + 1, offsets.length * 2))
      const [first, second] = [numberOf(rules), numberOf(facilities)]
      const own = head + (first === null ? rules : '') + (second === null ? facilities : '')
      dead += lengths[row]
      lengths[row] = 0
      // Heads are only appended; compact once most of the bytes are unused.
      if (dead > CHUNK_SIZE / 4 && dead > used / 2) compact()
      const length = Buffer.byteLength(own)
      const offset = take(length)
      chunks[chunks.length - 1].write(own, offset % CHUNK_SIZE)
      offsets[row] = offset
      lengths[row] = length
      rulesOf[row] = first ?? 0
      facilitiesOf[row] = second ?? 0
    },
    length: (row) => lengths[row] + parts[rulesOf[row]].length + parts[facilitiesOf[row]].length,
    fetch(row) {
      const chunk = chunks[Math.floor(offsets[row] / CHUNK_SIZE)]
      const start = offsets[row] % CHUNK_SIZE
      const end = start + lengths[row]
      let sum = rulesOf[row] ^ facilitiesOf[row]
      for (let i = start; i < end; i += CACHE_LINE) sum ^= chunk[i]
      fetched.sum = sum
    },
    copy(row, out, at) {
      const offset = offsets[row]
      const start = offset % CHUNK_SIZE
      const length = lengths[row]
      chunks[Math.floor(offset / CHUNK_SIZE)].copy(out, at, start, start + length)
      const rules = parts[rulesOf[row]]
      const facilities = parts[facilitiesOf[row]]
      // Three times as fast as `Buffer.copy`, which creates a view.
      out.set(rules, at + length)
      out.set(facilities, at + length + rules.length)
      return at + length + rules.length + facilities.length
    },
    reserve(rows) {
      if (rows > offsets.length) grow(rows)
    },
    compact,
    usage: () => ({ held: chunks.length * CHUNK_SIZE, dead }),
  }
}

/** Copies a typed array to the start of a larger one and returns that. */
export function copyInto<T extends { set(from: ArrayLike<number>): void }>(to: T, from: ArrayLike<number>): T {
  to.set(from)
  return to
}
