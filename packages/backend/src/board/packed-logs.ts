import { compareObservations, LEVELS, OBSERVATION_KINDS, type Observation } from '@kickstand/domain'
import { copyInto } from './zone-bytes.ts'

// Observations of zones that nobody reports on just now, in columns: hundreds of thousands of objects with their texts would
// take three times the memory and be walked by every collection of garbage. Each row's are a chain, last put in first.

/** Records of a block. It grows by blocks, so that nothing is copied and little is held for later. */
const BLOCK = 1 << 14
/** `varchar(32)`, see `db/migrations`. */
const ID_LENGTH = 32
const NONE = -1
/** Observations of a row that are looked through one by one. */
const LOOKED_THROUGH = 100
/** Texts are gone through once there are so many more than observations. */
const SPARE_TEXTS = 50_000

/** at, eventOrder, outlierProbability, count; NaN for null. */
const NUMBERS = 4
/** Next record, reporter's and network's text, what it is. */
const CODES = 4
const [NEXT, REPORTER, NETWORK, WHAT] = [0, 1, 2, 3]

const TRUSTED = 1 << 16
const WITHIN_REACH = 1 << 17

type Block = { readonly numbers: Float64Array; readonly codes: Int32Array; readonly ids: Buffer }

/** Observations by row. What is read is what was put in, to the last bit. */
export type PackedLogs = {
  append(row: number, seen: Observation): void
  /**
   * Puts in an observation that is newer than all of its row, where none of them is of the same reporter or network and there
   * are few enough to look through. Returns whether it was.
   */
  appendNews(row: number, seen: Observation): boolean
  /** A row's observations in the order of `compareObservations`. */
  read(row: number): Observation[]
  clear(row: number): void
  /** Whether a row has anything that is folded after `from`, up to and with `to` (epoch milliseconds). */
  hasBetween(row: number, from: number, to: number): boolean
  /** Drops what is folded up to and with a moment. */
  drop(row: number, upTo: number): void
  has(row: number): boolean
  /** Rows that have something. */
  rows(): number[]
  /** Makes room for so many rows at once. */
  reserve(rows: number): void
}

export function createPackedLogs(): PackedLogs {
  const blocks: Block[] = []
  let heads = new Int32Array(1024).fill(NONE)
  /** Records that were given back, as a chain; from `used` on none was ever taken. */
  let free = NONE
  let used = 0
  let held = 0
  const texts = createTexts()

  const blockOf = (record: number): Block => blocks[Math.floor(record / BLOCK)]
  const codeAt = (record: number, code: number): number => blockOf(record).codes[(record % BLOCK) * CODES + code]
  const eventOrder = (record: number): number => blockOf(record).numbers[(record % BLOCK) * NUMBERS + 1]
  const headOf = (row: number): number => (row < heads.length ? heads[row] : NONE)

  function setNext(record: number, next: number): void {
    blockOf(record).codes[(record % BLOCK) * CODES + NEXT] = next
  }

  function take(): number {
    held += 1
    if (free !== NONE) {
      const record = free
      free = codeAt(record, NEXT)
      return record
    }
    if (used === blocks.length * BLOCK) blocks.push(createBlock())
    used += 1
    return used - 1
  }

  function giveBack(record: number): void {
    setNext(record, free)
    free = record
    held -= 1
  }

  function write(record: number, seen: Observation, next: number): void {
    const { numbers, codes, ids } = blockOf(record)
    const i = record % BLOCK
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
    const i = record % BLOCK
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

  /** Texts of those that are gone would pile up: riders come and go. */
  function tidyTexts(): void {
    if (texts.size() < 2 * held + SPARE_TEXTS) return
    const old = texts.takeAll()
    for (let row = 0; row < heads.length; row += 1) {
      for (let record = heads[row]; record !== NONE; record = codeAt(record, NEXT)) {
        const { codes } = blockOf(record)
        for (let at = (record % BLOCK) * CODES + REPORTER; at <= (record % BLOCK) * CODES + NETWORK; at += 1) {
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
        giveBack(record)
      } else last = record
      record = next
    }
  }

  function append(row: number, seen: Observation): void {
    if (seen.id.length > ID_LENGTH) throw new RangeError(`an id of ${seen.id.length} characters is none of ours`)
    tidyTexts()
    if (row >= heads.length) reserve(Math.max(row + 1, heads.length * 2))
    const record = take()
    write(record, seen, heads[row])
    heads[row] = record
  }

  function isNews(row: number, seen: Observation): boolean {
    const reporter = texts.known(seen.reporter)
    const network = seen.network === null ? NONE : texts.known(seen.network)
    let looked = 0
    for (let record = headOf(row); record !== NONE; record = codeAt(record, NEXT)) {
      looked += 1
      if (looked > LOOKED_THROUGH || eventOrder(record) >= seen.eventOrder) return false
      if (codeAt(record, REPORTER) === reporter) return false
      if (network !== NONE && codeAt(record, NETWORK) === network) return false
    }
    return true
  }

  return {
    append,
    appendNews(row, seen) {
      const is = isNews(row, seen)
      if (is) append(row, seen)
      return is
    },
    read(row) {
      const all: Observation[] = []
      for (let record = headOf(row); record !== NONE; record = codeAt(record, NEXT)) all.push(read(record))
      // Mostly put in in order: then there is little to sort.
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
    numbers: new Float64Array(BLOCK * NUMBERS),
    codes: new Int32Array(BLOCK * CODES),
    ids: Buffer.allocUnsafeSlow(BLOCK * ID_LENGTH),
  }
}

/** Four bits each for kind and level, then the id's length, whether the reporter is trusted for, and whether near. */
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

/** Texts by number, each held once. */
function createTexts() {
  let texts: string[] = []
  let numbers = new Map<string, number>()
  return {
    size: () => texts.length,
    text: (number: number): string => texts[number],
    /** The number of a text, NONE where nobody has it. */
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
