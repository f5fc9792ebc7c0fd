// The JSON of each zone as bytes, ready to be copied into answers. A zone is `head` (what is its own: id, name, place,
// sources) followed by `traits` (what it shares with thousands of others: kind, vehicles, fee …), both without the closing
// brace, so that an answer appends distance and availability. Heads lie in chunks; equal traits are stored once.

/** So large that the allocator gives a chunk back to the system once it is free. Untouched parts take no memory. */
const CHUNK_SIZE = 1 << 26

export type ZoneBytes = {
  /** Stores the JSON of a row, over what was there. */
  set(row: number, head: string, traits: string): void
  /** Bytes that `copy` will write for a row. */
  length(row: number): number
  /** Writes a row's JSON, unclosed, into `out` from `at`; returns the place after it. */
  copy(row: number, out: Buffer, at: number): number
  /** Makes room for so many rows at once. */
  reserve(rows: number): void
  /** Moves what is held together, in the order of rows. */
  compact(): void
  /** Bytes held, and those of them that no row uses any more. */
  usage(): { held: number; dead: number }
}

export function createZoneBytes(): ZoneBytes {
  let chunks: Buffer[] = []
  let used = 0
  let dead = 0
  let offsets = new Float64Array(1024)
  let lengths = new Uint32Array(1024)
  let traitOf = new Uint32Array(1024)
  const traitIds = new Map<string, number>()
  const traitBytes: Buffer[] = []

  function grow(rows: number): void {
    offsets = copyInto(new Float64Array(rows), offsets)
    lengths = copyInto(new Uint32Array(rows), lengths)
    traitOf = copyInto(new Uint32Array(rows), traitOf)
  }

  /** Takes the next `length` bytes of the chunks. */
  function take(length: number): number {
    if (length > CHUNK_SIZE) throw new RangeError(`a zone of ${length} bytes does not fit a chunk`)
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

  function internTraits(traits: string): number {
    const known = traitIds.get(traits)
    if (known !== undefined) return known
    // Not from Node's pool of small buffers: one that is kept would keep all that were made beside it.
    const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(traits))
    bytes.write(traits)
    const id = traitBytes.push(bytes) - 1
    traitIds.set(traits, id)
    return id
  }

  return {
    set(row, head, traits) {
      if (row >= offsets.length) grow(Math.max(row + 1, offsets.length * 2))
      dead += lengths[row]
      lengths[row] = 0
      // Heads are only ever appended; once most of what is held is dead, the living are moved together.
      if (dead > CHUNK_SIZE / 4 && dead > used / 2) compact()
      const length = Buffer.byteLength(head)
      const offset = take(length)
      chunks[chunks.length - 1].write(head, offset % CHUNK_SIZE)
      offsets[row] = offset
      lengths[row] = length
      traitOf[row] = internTraits(traits)
    },
    length: (row) => lengths[row] + traitBytes[traitOf[row]].length,
    copy(row, out, at) {
      const offset = offsets[row]
      const start = offset % CHUNK_SIZE
      const length = lengths[row]
      chunks[Math.floor(offset / CHUNK_SIZE)].copy(out, at, start, start + length)
      const traits = traitBytes[traitOf[row]]
      traits.copy(out, at + length)
      return at + length + traits.length
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
