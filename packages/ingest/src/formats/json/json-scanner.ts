/**
 * Splits a JSON text of any size into rows without holding it: one pass over the bytes tracks brackets and strings, and
 * emits each element of one array as text, to be parsed on its own. A fault in a row (`NaN`, a missing comma or
 * bracket, an open quote) loses that row only: inside the list, the scanner resynchronises at a mismatched bracket or
 * at a string that runs over the end of its line.
 */

/**
 * An array under nested objects, at a path like `features` or `data.park`; the root is ''. `rows`: it contains objects
 * or arrays.
 */
export type JsonArray = { readonly path: string; readonly rows: boolean }

/** The result of a first pass: the arrays, and the text of each root member that is short enough to keep. */
export type JsonSurvey = {
  readonly root: 'object' | 'array' | 'other'
  readonly arrays: readonly JsonArray[]
  readonly members: ReadonlyMap<string, string>
}

/** An element's text, and its position in the array, counted from 1. */
export type JsonRow = { readonly number: number; readonly text: string }

export type JsonScanner = {
  push(chunk: Buffer): JsonRow[]
  /** The error of the text as a whole, after the last push; null where it is complete. */
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

const MAX_DEPTH = 512
const MAX_PATH_DEPTH = 4
const MAX_ARRAYS = 64
const MAX_MEMBER_BYTES = 4 << 20
const MAX_ROW_BYTES = 16 << 20
const MAX_REPAIRS = 1000
const MAX_KEY_BYTES = 1 << 20

/** `rowsPath`: null surveys the file; a path emits that array's elements; `$` emits the root value as the only row. */
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
  let repairs = 0
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

  function openContainer(byte: number, chunk: Buffer, at: number, rows: JsonRow[]): void {
    // A value where a key is expected: the row before was not closed.
    if (expectKey && rowDepth > 0 && stack.length > rowDepth) resync(chunk, at, rows, at)
    const depth = stack.length
    if (depth === 0) {
      if (ended) return fail('goes on after its end', at)
      root = byte === OBJECT ? 'object' : 'array'
      if (rowsPath === '$') startCapture(at)
    }
    if (depth >= MAX_DEPTH) return fail('is nested too deeply', at)
    const underObjects = depth <= MAX_PATH_DEPTH && !stack.includes(ARRAY)
    stack.push(byte)
    expectKey = byte === OBJECT
    if (byte === OBJECT || !underObjects) return
    const path = keys.slice(0, depth).join('.')
    if (rowsPath === null && arrays.length < MAX_ARRAYS) arrays.push({ path, rows: true, fresh: true })
    if (rowsPath === path && !rowsDone) {
      rowDepth = depth + 1
      startCapture(at + 1)
    }
  }

  function closeContainer(byte: number, chunk: Buffer, at: number, rows: JsonRow[]): void {
    const opener = stack.at(-1)
    if (opener === undefined || (byte === OBJECT_END) !== (opener === OBJECT)) {
      return rowDepth > 0 ? resync(chunk, at, rows) : fail(`has a ${String.fromCharCode(byte)} that closes nothing`, at)
    }
    if (stack.length === rowDepth && rowsPath !== '$') {
      emitRow(chunk, at, rows)
      rowDepth = -1
      rowsDone = true
    } else if (stack.length === 1 && rowsPath === null) endMember(chunk, at)
    stack.pop()
    expectKey = false
    if (stack.length > 0) return
    ended = true
    if (rowsPath === '$') rows.push({ number: 1, text: takeCapture(chunk, at + 1) })
  }

  function emitRow(chunk: Buffer, at: number, rows: JsonRow[]): void {
    const text = takeCapture(chunk, at)
    if (text === '') return
    rowNumber += 1
    rows.push({ number: rowNumber, text })
  }

  /** Emits the faulty row as it is, and starts the next row after it. */
  function resync(chunk: Buffer, at: number, rows: JsonRow[], next = at + 1): void {
    repairs += 1
    if (repairs > MAX_REPAIRS) return fail('is damaged in too many places', at)
    emitRow(chunk, at, rows)
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

  function scanString(chunk: Buffer, from: number, rows: JsonRow[]): number {
    let i = from
    for (; i < chunk.length; i++) {
      const byte = chunk[i]
      if (escaped) escaped = false
      else if (byte === BACKSLASH) escaped = true
      else if (byte === NEWLINE && rowDepth > 0 && stack.length > rowDepth) {
        inString = false
        resync(chunk, i, rows)
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
    for (let i = inString ? scanString(chunk, 0, rows) + 1 : 0; i < chunk.length; i++) {
      if (fault !== null) break
      const byte = chunk[i] ?? 0
      if (byte <= 0x20) continue
      if (rowsPath === null && arrays.length > 0) firstOfArray(byte)
      if (byte === QUOTE) {
        inString = true
        if (expectKey && stack.length <= MAX_PATH_DEPTH) keyFrom = i + 1
        i = scanString(chunk, i + 1, rows)
      } else if (byte === OBJECT || byte === ARRAY) openContainer(byte, chunk, i, rows)
      else if (byte === OBJECT_END || byte === ARRAY_END) closeContainer(byte, chunk, i, rows)
      else if (byte === COLON) {
        if (stack.length === 1 && expectKey && rowsPath === null) startCapture(i + 1)
        expectKey = false
      } else if (byte === COMMA) {
        if (stack.length === rowDepth) {
          emitRow(chunk, i, rows)
          startCapture(i + 1)
        } else if (stack.length === 1 && rowsPath === null) endMember(chunk, i)
        expectKey = stack.at(-1) === OBJECT
      }
    }
    keepRest(chunk)
    seen += chunk.length
    return rows
  }

  /** Copies the captured text at the end of a chunk, since the chunk's memory may be reused. */
  function keepRest(chunk: Buffer): void {
    if (keyFrom >= 0) {
      keyParts.push(Buffer.from(chunk.subarray(keyFrom)))
      if (keyParts.reduce((sum, part) => sum + part.length, 0) > MAX_KEY_BYTES) fail('has a key that does not end', 0)
      keyFrom = 0
    }
    if (captureFrom < 0) return
    const rest = chunk.subarray(captureFrom)
    capturedBytes += rest.length
    if (capturedBytes > (rowsPath === null ? MAX_MEMBER_BYTES : MAX_ROW_BYTES)) {
      if (rowsPath !== null) fail(`has a row of over ${MAX_ROW_BYTES >> 20} MB after row ${rowNumber}`, 0)
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
