// The JSON of each zone as bytes, ready to be copied into answers. A zone is `head` (what is its own: id, name, place,
// sources) followed by `traits` (what it shares with thousands of others: kind, vehicles, fee …), both without the closing
// brace, so that an answer appends distance and availability. Heads lie in chunks; equal traits are stored once.

const CHUNK_BITS = 24
const CHUNK_SIZE = 1 << CHUNK_BITS

export type ZoneBytes = {
  /** Stores the JSON of a row, over what was there. */
  set(row: number, head: string, traits: string): void
  /** Bytes that `copy` will write for a row. */
  length(row: number): number
  /** Writes a row's JSON, unclosed, into `out` from `at`; returns the place after it. */
  copy(row: number, out: Buffer, at: number): number
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
    const size = Math.max(rows, offsets.length * 2)
    offsets = copyInto(new Float64Array(size), offsets)
    lengths = copyInto(new Uint32Array(size), lengths)
    traitOf = copyInto(new Uint32Array(size), traitOf)
  }

  function append(head: Buffer): number {
    if (head.length > CHUNK_SIZE) throw new RangeError(`a zone of ${head.length} bytes does not fit a chunk`)
    const inChunk = used & (CHUNK_SIZE - 1)
    if (chunks.length === 0 || inChunk + head.length > CHUNK_SIZE || (inChunk === 0 && used > 0)) {
      used = chunks.length * CHUNK_SIZE
      chunks.push(Buffer.allocUnsafeSlow(CHUNK_SIZE))
    }
    const offset = used
    head.copy(chunks[Math.floor(offset / CHUNK_SIZE)], offset % CHUNK_SIZE)
    used += head.length
    return offset
  }

  /** Heads are only ever appended; once most of what is held is dead, the living are moved together. */
  function compact(): void {
    const old = chunks
    chunks = []
    used = 0
    dead = 0
    for (let row = 0; row < offsets.length; row += 1) {
      if (lengths[row] === 0) continue
      const start = offsets[row] % CHUNK_SIZE
      offsets[row] = append(old[Math.floor(offsets[row] / CHUNK_SIZE)].subarray(start, start + lengths[row]))
    }
  }

  function internTraits(traits: string): number {
    const known = traitIds.get(traits)
    if (known !== undefined) return known
    const id = traitBytes.push(Buffer.from(traits)) - 1
    traitIds.set(traits, id)
    return id
  }

  return {
    set(row, head, traits) {
      if (row >= offsets.length) grow(row + 1)
      const bytes = Buffer.from(head)
      dead += lengths[row]
      lengths[row] = 0
      if (dead > CHUNK_SIZE && dead > used / 2) compact()
      offsets[row] = append(bytes)
      lengths[row] = bytes.length
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
    usage: () => ({ held: chunks.length * CHUNK_SIZE, dead }),
  }
}

/** Copies a typed array to the start of a larger one and returns that. */
export function copyInto<T extends { set(from: ArrayLike<number>): void }>(to: T, from: ArrayLike<number>): T {
  to.set(from)
  return to
}
