// The ids of zones as consecutive bytes, and a hash table of row numbers with open addressing. A Map of a million
// strings would take twice the memory and slow down every garbage collection.

const EMPTY = 0
/** Typical length of an id in bytes, for the initial size. */
const TYPICAL_LENGTH = 16

/** Rows by id and ids by row. Rows are numbered 0, 1, 2 … and never removed. Ids are ASCII. */
export type IdTable = {
  size(): number
  rowOf(id: string): number | undefined
  id(row: number): string
  /** Adds an id that is not there yet. Returns its row. */
  add(id: string): number
  /** Compares the ids of two rows: negative if that of `a` comes first. */
  compare(a: number, b: number): number
  /** Allocates capacity for so many rows. */
  reserve(rows: number): void
}

/**
 * An empty table: a hash table with open addressing over one buffer, since a `Map` of a million strings takes much
 * more memory.
 */
export function createIdTable(): IdTable {
  let bytes = Buffer.allocUnsafeSlow(1024 * TYPICAL_LENGTH)
  /** Where each row's id ends; the next one begins there. */
  let ends = new Uint32Array(1024)
  let rows = 0
  /** Row + 1, or EMPTY. The length is a power of two, at least 1.5 × the rows. */
  let slots = new Uint32Array(2048)

  const startOf = (row: number): number => (row === 0 ? 0 : ends[row - 1])

  function isAt(row: number, id: string): boolean {
    const start = startOf(row)
    if (ends[row] - start !== id.length) return false
    for (let i = 0; i < id.length; i += 1) if (bytes[start + i] !== id.charCodeAt(i)) return false
    return true
  }

  function hashOfRow(row: number): number {
    let hash = FNV_START
    for (let i = startOf(row); i < ends[row]; i += 1) hash = mix(hash, bytes[i])
    return spread(hash)
  }

  function put(row: number, hash: number): void {
    const mask = slots.length - 1
    let place = hash & mask
    while (slots[place] !== EMPTY) place = (place + 1) & mask
    slots[place] = row + 1
  }

  function makeSlots(count: number): void {
    slots = new Uint32Array(count)
    for (let row = 0; row < rows; row += 1) put(row, hashOfRow(row))
  }

  function growRows(size: number): void {
    const larger = new Uint32Array(size)
    larger.set(ends)
    ends = larger
  }

  function growBytes(size: number): void {
    const larger = Buffer.allocUnsafeSlow(size)
    bytes.copy(larger)
    bytes = larger
  }

  return {
    size: () => rows,
    rowOf(id) {
      const mask = slots.length - 1
      for (let place = hashOf(id) & mask; slots[place] !== EMPTY; place = (place + 1) & mask) {
        if (isAt(slots[place] - 1, id)) return slots[place] - 1
      }
      return undefined
    },
    id: (row) => bytes.toString('latin1', startOf(row), ends[row]),
    add(id) {
      const start = rows === 0 ? 0 : ends[rows - 1]
      if (rows === ends.length) growRows(rows * 2)
      if (start + id.length > bytes.length) growBytes(Math.max(start + id.length, bytes.length * 2))
      if ((rows + 1) * 1.5 > slots.length) makeSlots(slots.length * 2)
      bytes.write(id, start, 'latin1')
      ends[rows] = start + id.length
      put(rows, hashOf(id))
      rows += 1
      return rows - 1
    },
    compare: (a, b) => bytes.compare(bytes, startOf(b), ends[b], startOf(a), ends[a]),
    reserve(count) {
      if (count > ends.length) growRows(count)
      if (count * TYPICAL_LENGTH > bytes.length) growBytes(count * TYPICAL_LENGTH)
      const needed = 2 ** Math.ceil(Math.log2(count * 1.5 + 1))
      if (needed > slots.length) makeSlots(needed)
    },
  }
}

// FNV-1a, with the high bits mixed into the low ones that select the slot.
const FNV_START = 0x811c9dc5
const FNV_PRIME = 0x01000193

function mix(hash: number, byte: number): number {
  return Math.imul(hash ^ byte, FNV_PRIME)
}

function spread(hash: number): number {
  return hash ^ (hash >>> 15)
}

function hashOf(id: string): number {
  let hash = FNV_START
  for (let i = 0; i < id.length; i += 1) hash = mix(hash, id.charCodeAt(i))
  return spread(hash)
}
