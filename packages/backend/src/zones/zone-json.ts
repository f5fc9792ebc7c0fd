import { availabilityJson, toTimestamp } from '#board/availability-json.ts'
import type { Board } from '#board/board.ts'

// Answers are put together from bytes that the board holds ready, so that a list costs copies instead of serialisation.
// The shapes are those of the contract; a service test validates them against it.

const OPEN = Buffer.from('{"zones":[')
const COMMA = 0x2c

/** One zone to write: its row, and what follows its own JSON (starting with a comma, ending with the closing brace). */
export type ZonePart = { readonly row: number; readonly tail: string }

/** The tail of a zone in a list: `distance` in metres where asked, and its availability at `time`, told at `now`. */
export function zoneTail(board: Board, row: number, time: number, now: number, metres: number | null): string {
  const distance = metres === null ? '' : `,"distance":${Math.round(metres * 10) / 10}`
  return `${distance},"availability":${availabilityJson(board.availability(row, time), now)}}`
}

/** `{"zones":[…]` + `end`. */
export function writeZones(board: Board, parts: readonly ZonePart[], end: string): Buffer {
  let size = OPEN.length + end.length
  for (const { row, tail } of parts) size += board.jsonLength(row) + tail.length + 1
  const out = Buffer.allocUnsafe(size)
  let at = OPEN.copy(out, 0)
  for (let i = 0; i < parts.length; i += 1) {
    if (i > 0) {
      out[at] = COMMA
      at += 1
    }
    at = board.copyJson(parts[i].row, out, at)
    at += out.write(parts[i].tail, at, 'latin1')
  }
  at += out.write(end, at, 'latin1')
  return at === size ? out : out.subarray(0, at)
}

/** The end of a nearby answer. */
export function asOf(now: number): string {
  return `],"asOf":"${toTimestamp(now)}"}`
}

/** One zone as an object of the contract, for the rarer answers that add to it. */
export function zoneObject(board: Board, row: number, time: number, now: number): Record<string, unknown> {
  const tail = zoneTail(board, row, time, now, null)
  const out = Buffer.allocUnsafe(board.jsonLength(row) + tail.length)
  out.write(tail, board.copyJson(row, out, 0), 'latin1')
  return JSON.parse(out.toString('utf8')) as Record<string, unknown>
}
