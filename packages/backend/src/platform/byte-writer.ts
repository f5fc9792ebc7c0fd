// Responses are written as bytes, field by field, into one reused buffer: cached memory is several times faster to fill
// and send than new memory, and there is nothing to garbage-collect.

const DIGIT_0 = 0x30
const POINT = 0x2e
const COLON = 0x3a
const LETTER_Z = 0x5a
const MAX_INT = 0x7fff_ffff
const DAY_MS = 86_400_000
const INITIAL_SIZE = 1 << 16

/**
 * A buffer with a write position: `bytes[0..at)` are written. Call `room` before the other functions; they do not
 * check.
 */
export type ByteWriter = { bytes: Buffer; at: number }

export function createByteWriter(): ByteWriter {
  return { bytes: Buffer.allocUnsafeSlow(INITIAL_SIZE), at: 0 }
}

/** Makes sure that `size` more bytes fit. */
export function room(writer: ByteWriter, size: number): void {
  if (writer.at + size <= writer.bytes.length) return
  const larger = Buffer.allocUnsafeSlow(Math.max(writer.at + size, writer.bytes.length * 2))
  writer.bytes.copy(larger, 0, 0, writer.at)
  writer.bytes = larger
}

/** ASCII text for `writeBytes`, which is faster than `writeAscii` from a dozen characters on. */
export function asciiBytes(text: string): Buffer {
  return Buffer.from(text, 'latin1')
}

/** Writes a short text of ASCII characters. */
export function writeAscii(writer: ByteWriter, text: string): void {
  const { bytes } = writer
  let { at } = writer
  for (let i = 0; i < text.length; i += 1) {
    bytes[at] = text.charCodeAt(i)
    at += 1
  }
  writer.at = at
}

/** Writes bytes as they are. */
export function writeBytes(writer: ByteWriter, bytes: Buffer): void {
  writer.bytes.set(bytes, writer.at)
  writer.at += bytes.length
}

function writeDigit(writer: ByteWriter, digit: number): void {
  writer.bytes[writer.at] = DIGIT_0 + digit
  writer.at += 1
}

/** Writes a whole number from 0 to 2^53. */
export function writeWhole(writer: ByteWriter, value: number): void {
  if (value < 10) return writeDigit(writer, value)
  if (value > MAX_INT) return writeAscii(writer, String(value))
  let digits = 1
  for (let limit = 10; value >= limit; limit *= 10) digits += 1
  let rest = value
  for (let place = writer.at + digits - 1; place >= writer.at; place -= 1) {
    const tens = (rest / 10) | 0
    writer.bytes[place] = DIGIT_0 + rest - tens * 10
    rest = tens
  }
  writer.at += digits
}

/**
 * Writes a number ≥ 0 rounded to tenths (`unit` 10) or hundredths (100), as JSON.stringify would write the rounded one.
 */
export function writeDecimal(writer: ByteWriter, value: number, unit: 10 | 100): void {
  const scaled = Math.round(value * unit)
  const whole = Math.floor(scaled / unit)
  const part = scaled - whole * unit
  writeWhole(writer, whole)
  if (part === 0) return
  writer.bytes[writer.at] = POINT
  writer.at += 1
  if (unit === 10) return writeDigit(writer, part)
  const tenths = (part / 10) | 0
  writeDigit(writer, tenths)
  if (part > tenths * 10) writeDigit(writer, part - tenths * 10)
}

/** Writes two digits; returns the position after them. */
function putTwo(bytes: Buffer, at: number, value: number): number {
  const tens = (value / 10) | 0
  bytes[at] = DIGIT_0 + tens
  bytes[at + 1] = DIGIT_0 + value - tens * 10
  return at + 2
}

let dayStart = Number.NaN
let dayText = asciiBytes('')

/** Writes epoch milliseconds as `Date.toISOString` does, several times faster for times of the same day. */
export function writeTimestamp(writer: ByteWriter, time: number): void {
  const start = Math.floor(time / DAY_MS) * DAY_MS
  if (start !== dayStart) {
    dayStart = start
    dayText = asciiBytes(new Date(start).toISOString().slice(0, 11))
  }
  writeBytes(writer, dayText)
  const { bytes } = writer
  const ms = Math.floor(time - start)
  const seconds = (ms / 1000) | 0
  const minutes = (seconds / 60) | 0
  const hours = (minutes / 60) | 0
  let at = putTwo(bytes, writer.at, hours)
  bytes[at] = COLON
  at = putTwo(bytes, at + 1, minutes - hours * 60)
  bytes[at] = COLON
  at = putTwo(bytes, at + 1, seconds - minutes * 60)
  bytes[at] = POINT
  const rest = ms - seconds * 1000
  const hundreds = (rest / 100) | 0
  bytes[at + 1] = DIGIT_0 + hundreds
  at = putTwo(bytes, at + 2, rest - hundreds * 100)
  bytes[at] = LETTER_Z
  writer.at = at + 1
}
