/**
 * Cuts a JSON text of any size into its rows without holding it: a pass over the bytes follows brackets and strings, and
 * gives each element of one array as text, to be parsed by itself. One row with a fault in it (a `NaN`, a missing comma or
 * bracket, an open quote) costs that row, not the rest of the file as with a token stream: inside the list, a bracket that
 * does not match or a string that runs over the end of its line starts afresh.
 */

/** An array somewhere under objects, `features` or `data.park`, the root being ''. `rows`: it holds objects or arrays. */
export type JsonArray = { readonly path: string; readonly rows: boolean }

/** What a first pass learns: the arrays, and the text of each member of the root that is not too long to keep. */
export type JsonSurvey = {
  readonly root: 'object' | 'array' | 'other'
  readonly arrays: readonly JsonArray[]
  readonly members: ReadonlyMap<string, string>
}

/** An element's text, its place in the array counted from 1. */
export type JsonRow = { readonly number: number; readonly text: string }

export type JsonScanner = {
  push(chunk: Buffer): JsonRow[]
  /** What is wrong with the text as a whole, once all of it was pushed; null where it ended as it should. */
  end(): string | null
  survey(): JsonSurvey
}

/** The start of the message of `end` for a truncated text. */
export const BREAKS_OFF = 'breaks off'

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
const COLON = 0x3a
const OBJECT = 0x7b
const OBJECT_END = 0x7d
const ARRAY = 0x5b
const ARRAY_END = 0x5d
const NEWLINE = 0x0a

const DEEPEST = 512
const DEEPEST_PATH = 4
const MOST_ARRAYS = 64
const LONGEST_MEMBER = 4 << 20
const LONGEST_ROW = 16 << 20
const MOST_MENDED = 1000
const LONGEST_KEY = 1 << 20

/** `rowsPath` null surveys; a path gives that array's elements; `$` gives the root value itself as the one row. */
export function createJsonScanner(rowsPath: string | null): JsonScanner {
  const stack: number[] = []
  const keys: string[] = []
  const arrays: { path: string; rows: boolean; fresh: boolean }[] = []
  const members = new Map<string, string>()
  let root: JsonSurvey['root'] = 'other'
  let seen = 0
  let inString = false
  let escaped = false
  let expectKey = false
  let keyFrom = -1
  let keyParts: Buffer[] = []
  let rowDepth = rowsPath === '$' ? 0 : -1
  let rowNumber = 0
  let rowsDone = false
  let mended = 0
  let captureFrom = -1
  let captured: Buffer[] = []
  let capturedBytes = 0
  let fault: string | null = null
  let ended = false

  const startCapture = (at: number): void => {
    captureFrom = at
    captured = []
    capturedBytes = 0
  }
  const takeCapture = (chunk: Buffer, to: number): string => {
    if (captureFrom >= 0) captured.push(chunk.subarray(captureFrom, to))
    const [only] = captured
    const text =
      captured.length === 1 && only !== undefined ? only.toString('utf8') : Buffer.concat(captured).toString('utf8')
    captureFrom = -1
    captured = []
    return text.trim()
  }

  function opens(byte: number, chunk: Buffer, at: number, rows: JsonRow[]): void {
    // Where a key is due there cannot be a value: the row before was not closed.
    if (expectKey && rowDepth > 0 && stack.length > rowDepth) startAfresh(chunk, at, rows, at)
    const depth = stack.length
    if (depth === 0) {
      if (ended) return fail('goes on after its end', at)
      root = byte === OBJECT ? 'object' : 'array'
      if (rowsPath === '$') startCapture(at)
    }
    if (depth >= DEEPEST) return fail('is nested too deeply', at)
    const underObjects = depth <= DEEPEST_PATH && !stack.includes(ARRAY)
    stack.push(byte)
    expectKey = byte === OBJECT
    if (byte === OBJECT || !underObjects) return
    const path = keys.slice(0, depth).join('.')
    if (rowsPath === null && arrays.length < MOST_ARRAYS) arrays.push({ path, rows: true, fresh: true })
    if (rowsPath === path && !rowsDone) {
      rowDepth = depth + 1
      startCapture(at + 1)
    }
  }

  function closes(byte: number, chunk: Buffer, at: number, rows: JsonRow[]): void {
    const opener = stack.at(-1)
    if (opener === undefined || (byte === OBJECT_END) !== (opener === OBJECT)) {
      return rowDepth > 0
        ? startAfresh(chunk, at, rows)
        : fail(`has a ${String.fromCharCode(byte)} that closes nothing`, at)
    }
    if (stack.length === rowDepth && rowsPath !== '$') {
      giveRow(chunk, at, rows)
      rowDepth = -1
      rowsDone = true
    } else if (stack.length === 1 && rowsPath === null) endMember(chunk, at)
    stack.pop()
    expectKey = false
    if (stack.length > 0) return
    ended = true
    if (rowsPath === '$') rows.push({ number: 1, text: takeCapture(chunk, at + 1) })
  }

  function giveRow(chunk: Buffer, at: number, rows: JsonRow[]): void {
    const text = takeCapture(chunk, at)
    if (text === '') return
    rowNumber += 1
    rows.push({ number: rowNumber, text })
  }

  /** Gives the faulty row up as it stands and takes what follows for the beginning of the next. */
  function startAfresh(chunk: Buffer, at: number, rows: JsonRow[], next = at + 1): void {
    mended += 1
    if (mended > MOST_MENDED) return fail('is damaged in too many places', at)
    giveRow(chunk, at, rows)
    stack.length = rowDepth
    expectKey = false
    startCapture(next)
  }

  function endMember(chunk: Buffer, at: number): void {
    if (captureFrom < 0) return
    const key = keys[0]
    const text = takeCapture(chunk, at)
    if (key !== undefined) members.set(key, text)
  }

  function fail(what: string, at: number): void {
    fault ??= `${what} (byte ${seen + at})`
  }

  function string(chunk: Buffer, from: number, rows: JsonRow[]): number {
    let i = from
    for (; i < chunk.length; i++) {
      const byte = chunk[i]
      if (escaped) escaped = false
      else if (byte === BACKSLASH) escaped = true
      else if (byte === NEWLINE && rowDepth > 0 && stack.length > rowDepth) {
        inString = false
        startAfresh(chunk, i, rows)
        break
      } else if (byte === QUOTE) {
        inString = false
        if (keyFrom >= 0 || keyParts.length > 0) {
          if (keyFrom >= 0) keyParts.push(chunk.subarray(keyFrom, i))
          keys[stack.length - 1] = Buffer.concat(keyParts).toString('utf8')
          keys.length = stack.length
          keyFrom = -1
          keyParts = []
        }
        break
      }
    }
    return i
  }

  function firstOfArray(byte: number): void {
    const last = arrays.at(-1)
    if (last === undefined || !last.fresh) return
    last.fresh = false
    last.rows = byte === OBJECT || byte === ARRAY || byte === ARRAY_END
  }

  function push(chunk: Buffer): JsonRow[] {
    const rows: JsonRow[] = []
    for (let i = inString ? string(chunk, 0, rows) + 1 : 0; i < chunk.length; i++) {
      if (fault !== null) break
      const byte = chunk[i] ?? 0
      if (byte <= 0x20) continue
      if (rowsPath === null && arrays.length > 0) firstOfArray(byte)
      if (byte === QUOTE) {
        inString = true
        if (expectKey && stack.length <= DEEPEST_PATH) keyFrom = i + 1
        i = string(chunk, i + 1, rows)
      } else if (byte === OBJECT || byte === ARRAY) opens(byte, chunk, i, rows)
      else if (byte === OBJECT_END || byte === ARRAY_END) closes(byte, chunk, i, rows)
      else if (byte === COLON) {
        if (stack.length === 1 && expectKey && rowsPath === null) startCapture(i + 1)
        expectKey = false
      } else if (byte === COMMA) {
        if (stack.length === rowDepth) {
          giveRow(chunk, i, rows)
          startCapture(i + 1)
        } else if (stack.length === 1 && rowsPath === null) endMember(chunk, i)
        expectKey = stack.at(-1) === OBJECT
      }
    }
    keepRest(chunk)
    seen += chunk.length
    return rows
  }

  /** What is being captured at the end of a chunk is copied, since its memory may be used again. */
  function keepRest(chunk: Buffer): void {
    if (keyFrom >= 0) {
      keyParts.push(Buffer.from(chunk.subarray(keyFrom)))
      if (keyParts.reduce((sum, part) => sum + part.length, 0) > LONGEST_KEY) fail('has a key that does not end', 0)
      keyFrom = 0
    }
    if (captureFrom < 0) return
    const rest = chunk.subarray(captureFrom)
    capturedBytes += rest.length
    if (capturedBytes > (rowsPath === null ? LONGEST_MEMBER : LONGEST_ROW)) {
      if (rowsPath !== null) fail(`has a row of over ${LONGEST_ROW >> 20} MB after row ${rowNumber}`, 0)
      captureFrom = -1
      captured = []
      return
    }
    captured.push(Buffer.from(rest))
    captureFrom = 0
  }

  return {
    push,
    end() {
      if (fault !== null) return fault
      return stack.length > 0 || inString ? `${BREAKS_OFF} in the middle (after ${seen} bytes)` : null
    },
    survey: () => ({ root, arrays: arrays.map(({ path, rows }) => ({ path, rows })), members }),
  }
}
