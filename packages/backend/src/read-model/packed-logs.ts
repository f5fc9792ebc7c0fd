import { compareObservations, LEVELS, OBSERVATION_KINDS, type Observation } from '@kickstand/domain'
import { copyInto } from './zone-bytes.ts'

// Observations of zones without recent reports, in columns: as objects they would take three times the memory and slow
// down every garbage collection. The records of a row are a linked list, newest insertion first.

/** Records per block. Storage grows by blocks, so that nothing is copied. */
const RECORDS_PER_BLOCK = 1 << 14
/** `varchar(32)`, see `db/migrations`. */
const ID_LENGTH = 32
const NONE = -1
/** Observations of a row that `appendIfNewest` scans. */
const MAX_SCANNED = 100
/** Texts are compacted once there are so many more than the records can use. */
const MAX_UNUSED_TEXTS = 50_000

/** at, eventOrder, outlierProbability, count; NaN for null. */
const NUMBERS = 4
/** Next record, number of the reporter's and of the network's text, packed fields (`pack`). */
const CODES = 4
const [NEXT, REPORTER, NETWORK, WHAT] = [0, 1, 2, 3]

const TRUSTED = 1 << 16
const WITHIN_REACH = 1 << 17

type Block = { readonly numbers: Float64Array; readonly codes: Int32Array; readonly ids: Buffer }

/** Observations by row. Values are read back exactly as they were appended. */
export type PackedLogs = {
  append(row: number, seen: Observation): void
  /**
   * Appends an observation that is newer than all others of its row, if none of these has the same reporter or network
   * and they are few enough to scan. Returns whether it was appended.
   */
  appendIfNewest(row: number, seen: Observation): boolean
  /** A row's observations in the order of `compareObservations`. */
  read(row: number): Observation[]
  clear(row: number): void
  /** Whether a row has observations with an event order after `from`, up to and including `to` (epoch milliseconds). */
  hasBetween(row: number, from: number, to: number): boolean
  /** Drops observations with an event order up to and including `upTo`. */
  drop(row: number, upTo: number): void
  has(row: number): boolean
  /** Rows with observations. */
  rows(): number[]
  /** Allocates capacity for so many rows. */
  reserve(rows: number): void
}

/**
 * Logs without observations, in blocks of numbers rather than objects: a million of them must not burden the garbage
 * collector.
 */
export function createPackedLogs(): PackedLogs {
  const blocks: Block[] = []
  let heads = new Int32Array(1024).fill(NONE)
  /** Released records, as a linked list. From `used` on, records were never allocated. */
  let free = NONE
  let used = 0
  let records = 0
  const texts = createTexts()

  const blockOf = (record: number): Block => blocks[Math.floor(record / RECORDS_PER_BLOCK)]
  const codeAt = (record: number, code: number): number =>
    blockOf(record).codes[(record % RECORDS_PER_BLOCK) * CODES + code]
  const eventOrder = (record: number): number => blockOf(record).numbers[(record % RECORDS_PER_BLOCK) * NUMBERS + 1]
  const headOf = (row: number): number => (row < heads.length ? heads[row] : NONE)

  function setNext(record: number, next: number): void {
    blockOf(record).codes[(record % RECORDS_PER_BLOCK) * CODES + NEXT] = next
  }

  function allocate(): number {
    records += 1
    if (free !== NONE) {
      const record = free
      free = codeAt(record, NEXT)
      return record
    }
    if (used === blocks.length * RECORDS_PER_BLOCK) blocks.push(createBlock())
    used += 1
    return used - 1
  }

  function release(record: number): void {
    setNext(record, free)
    free = record
    records -= 1
  }

  function write(record: number, seen: Observation, next: number): void {
    const { numbers, codes, ids } = blockOf(record)
    const i = record % RECORDS_PER_BLOCK
    const n = i * NUMBERS
    numbers[n] = seen.at
    numbers[n + 1] = seen.eventOrder
    numbers[n + 2] = seen.outlierProbability
    numbers[n + 3] = seen.count ?? Number.NaN
    const c = i * CODES
    codes[c + NEXT] = next
    codes[c + REPORTER] = texts.number(seen.reporter)
    codes[c + NETWORK] = seen.network === null ? NONE : texts.number(seen.network)
    codes[c + WHAT] = pack(seen)
    ids.write(seen.id, i * ID_LENGTH, ID_LENGTH, 'latin1')
  }

  function read(record: number): Observation {
    const { numbers, ids } = blockOf(record)
    const i = record % RECORDS_PER_BLOCK
    const n = i * NUMBERS
    const network = codeAt(record, NETWORK)
    const { idLength, ...what } = unpack(codeAt(record, WHAT))
    return {
      id: ids.toString('latin1', i * ID_LENGTH, i * ID_LENGTH + idLength),
      at: numbers[n],
      eventOrder: numbers[n + 1],
      ...what,
      count: Number.isNaN(numbers[n + 3]) ? null : numbers[n + 3],
      reporter: texts.text(codeAt(record, REPORTER)),
      outlierProbability: numbers[n + 2],
      network: network === NONE ? null : texts.text(network),
    }
  }

  /** Removes unused texts: riders come and go. */
  function compactTexts(): void {
    if (texts.size() < 2 * records + MAX_UNUSED_TEXTS) return
    const old = texts.takeAll()
    for (let row = 0; row < heads.length; row += 1) {
      for (let record = heads[row]; record !== NONE; record = codeAt(record, NEXT)) {
        const { codes } = blockOf(record)
        for (
          let at = (record % RECORDS_PER_BLOCK) * CODES + REPORTER;
          at <= (record % RECORDS_PER_BLOCK) * CODES + NETWORK;
          at += 1
        ) {
          if (codes[at] !== NONE) codes[at] = texts.number(old[codes[at]])
        }
      }
    }
  }

  function reserve(rows: number): void {
    if (rows > heads.length) heads = copyInto(new Int32Array(rows).fill(NONE), heads)
  }

  function drop(row: number, upTo: number): void {
    let last = NONE
    for (let record = headOf(row); record !== NONE;) {
      const next = codeAt(record, NEXT)
      if (eventOrder(record) <= upTo) {
        if (last === NONE) heads[row] = next
        else setNext(last, next)
        release(record)
      } else last = record
      record = next
    }
  }

  function append(row: number, seen: Observation): void {
    if (seen.id.length > ID_LENGTH)
      throw new RangeError(`expected an id of at most ${ID_LENGTH} characters, got ${seen.id.length} characters`)
    compactTexts()
    if (row >= heads.length) reserve(Math.max(row + 1, heads.length * 2))
    const record = allocate()
    write(record, seen, heads[row])
    heads[row] = record
  }

  function isNewest(row: number, seen: Observation): boolean {
    const reporter = texts.known(seen.reporter)
    const network = seen.network === null ? NONE : texts.known(seen.network)
    let scanned = 0
    for (let record = headOf(row); record !== NONE; record = codeAt(record, NEXT)) {
      scanned += 1
      if (scanned > MAX_SCANNED || eventOrder(record) >= seen.eventOrder) return false
      if (codeAt(record, REPORTER) === reporter) return false
      if (network !== NONE && codeAt(record, NETWORK) === network) return false
    }
    return true
  }

  return {
    append,
    appendIfNewest(row, seen) {
      const is = isNewest(row, seen)
      if (is) append(row, seen)
      return is
    },
    read(row) {
      const all: Observation[] = []
      for (let record = headOf(row); record !== NONE; record = codeAt(record, NEXT)) all.push(read(record))
      // Mostly appended in order: then there is little to sort.
      return all.toReversed().toSorted(compareObservations)
    },
    clear: (row) => drop(row, Infinity),
    hasBetween(row, from, to) {
      for (let record = headOf(row); record !== NONE; record = codeAt(record, NEXT)) {
        const time = eventOrder(record)
        if (time > from && time <= to) return true
      }
      return false
    },
    drop,
    has: (row) => headOf(row) !== NONE,
    rows() {
      const rows: number[] = []
      for (let row = 0; row < heads.length; row += 1) if (heads[row] !== NONE) rows.push(row)
      return rows
    },
    reserve,
  }
}

function createBlock(): Block {
  return {
    numbers: new Float64Array(RECORDS_PER_BLOCK * NUMBERS),
    codes: new Int32Array(RECORDS_PER_BLOCK * CODES),
    ids: Buffer.allocUnsafeSlow(RECORDS_PER_BLOCK * ID_LENGTH),
  }
}

/** Four bits each for kind and level, then the length of the id, `trusted` and `withinReach`. */
function pack({ kind, level, id, trusted, withinReach }: Observation): number {
  const levelCode = level === null ? 0 : LEVELS.indexOf(level) + 1
  return (
    OBSERVATION_KINDS.indexOf(kind) |
    (levelCode << 4) |
    (id.length << 8) |
    (trusted ? TRUSTED : 0) |
    (withinReach ? WITHIN_REACH : 0)
  )
}

function unpack(
  code: number,
): Pick<Observation, 'kind' | 'level' | 'trusted' | 'withinReach'> & { readonly idLength: number } {
  const level = (code >> 4) & 15
  return {
    kind: OBSERVATION_KINDS[code & 15],
    level: level === 0 ? null : LEVELS[level - 1],
    idLength: (code >> 8) & 255,
    trusted: (code & TRUSTED) !== 0,
    withinReach: (code & WITHIN_REACH) !== 0,
  }
}

/** Texts by number, each stored once. */
function createTexts() {
  let texts: string[] = []
  let numbers = new Map<string, number>()
  return {
    size: () => texts.length,
    text: (number: number): string => texts[number],
    /** The number of a text, or NONE. */
    known: (text: string): number => numbers.get(text) ?? NONE,
    number(text: string): number {
      const known = numbers.get(text)
      if (known !== undefined) return known
      numbers.set(text, texts.length)
      return texts.push(text) - 1
    },
    takeAll(): readonly string[] {
      const all = texts
      texts = []
      numbers = new Map()
      return all
    },
  }
}
