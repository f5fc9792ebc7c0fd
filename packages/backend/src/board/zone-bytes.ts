// The JSON of each zone as bytes, ready to be copied into answers. A zone is `head` (what is its own: id, name, place,
// sources) followed by `traits` (what it shares with thousands of others: kind, vehicles, fee …), both without the closing
// brace, so that an answer appends distance and availability. Heads lie in chunks; equal traits are stored once.

/** So large that the allocator gives a chunk back to the system once it is free. Untouched parts take no memory. */
const CHUNK_SIZE = 1 << 26

/** Traits are facts from short lists; no zone has near so many. */
const MOST_TRAITS = 0xffff

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
  // Where each row's traits are, rather than which they are: one step less through memory for each zone of a list.
  let traitOffsets = new Uint32Array(1024)
  let traitLengths = new Uint16Array(1024)
  let traitBytes = Buffer.allocUnsafeSlow(1 << 16)
  let traitsUsed = 0
  const known = new Map<string, { readonly offset: number; readonly length: number }>()

  function grow(rows: number): void {
    offsets = copyInto(new Float64Array(rows), offsets)
    lengths = copyInto(new Uint32Array(rows), lengths)
    traitOffsets = copyInto(new Uint32Array(rows), traitOffsets)
    traitLengths = copyInto(new Uint16Array(rows), traitLengths)
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

  function internTraits(traits: string): { readonly offset: number; readonly length: number } {
    const before = known.get(traits)
    if (before !== undefined) return before
    const place = { offset: traitsUsed, length: Buffer.byteLength(traits) }
    if (place.length > MOST_TRAITS) throw new RangeError(`the traits of a zone take ${place.length} bytes`)
    if (traitsUsed + place.length > traitBytes.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(traitsUsed + place.length, traitBytes.length * 2))
      traitBytes.copy(larger)
      traitBytes = larger
    }
    traitsUsed += traitBytes.write(traits, traitsUsed)
    known.set(traits, place)
    return place
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
      const place = internTraits(traits)
      traitOffsets[row] = place.offset
      traitLengths[row] = place.length
    },
    length: (row) => lengths[row] + traitLengths[row],
    copy(row, out, at) {
      const offset = offsets[row]
      const start = offset % CHUNK_SIZE
      const length = lengths[row]
      chunks[Math.floor(offset / CHUNK_SIZE)].copy(out, at, start, start + length)
      const traits = traitOffsets[row]
      traitBytes.copy(out, at + length, traits, traits + traitLengths[row])
      return at + length + traitLengths[row]
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
