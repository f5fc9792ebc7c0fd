import { metresFromChordSquared } from '@kickstand/domain'
import { AVAILABILITY_BYTES, toTimestamp, writeAvailability } from '#board/availability-json.ts'
import type { Board } from '#board/board.ts'
import { createByteWriter, room, writeAscii, writeDecimal, type ByteWriter } from '#platform/byte-writer.ts'

// Answers are put together from bytes that the board holds ready, so that a list costs copies instead of serialisation.
// The shapes are those of the contract; a service test validates them against it.

/** Room for what follows a zone's own JSON: comma, distance, availability, brace. */
const TAIL_BYTES = AVAILABILITY_BYTES + 80

const out = createByteWriter()

/** Rows to write, in order; `chords` (see `Nearest`) where each is to have its distance. */
export type ZoneList = {
  readonly count: number
  readonly rows: ArrayLike<number>
  readonly chords?: ArrayLike<number>
}

/**
 * `{"zones":[…]` + `end`, with the availability of each zone at `time` as told at `now`. The bytes are only good until the
 * next call: send or copy them at once.
 */
export function writeZones(board: Board, list: ZoneList, time: number, now: number, end: string): Buffer {
  out.at = 0
  writeAscii(out, '{"zones":[')
  for (let i = 0; i < list.count; i += 1) {
    const row = list.rows[i]
    room(out, board.jsonLength(row) + TAIL_BYTES)
    if (i > 0) writeAscii(out, ',')
    writeZone(out, board, row, time, now, list.chords?.[i] ?? null)
  }
  room(out, end.length)
  writeAscii(out, end)
  return out.bytes.subarray(0, out.at)
}

function writeZone(
  writer: ByteWriter,
  board: Board,
  row: number,
  time: number,
  now: number,
  chordSquared: number | null,
): void {
  writer.at = board.copyJson(row, writer.bytes, writer.at)
  if (chordSquared !== null) {
    writeAscii(writer, ',"distance":')
    writeDecimal(writer, metresFromChordSquared(chordSquared), 10)
  }
  writeAscii(writer, ',"availability":')
  writeAvailability(writer, board.availability(row, time), now)
  writeAscii(writer, '}')
}

/** The end of a nearby answer. */
export function asOf(now: number): string {
  return `],"asOf":"${toTimestamp(now)}"}`
}

/** One zone as an object of the contract, for the rarer answers that add to it. */
export function zoneObject(board: Board, row: number, time: number, now: number): Record<string, unknown> {
  out.at = 0
  room(out, board.jsonLength(row) + TAIL_BYTES)
  writeZone(out, board, row, time, now, null)
  return JSON.parse(out.bytes.toString('utf8', 0, out.at)) as Record<string, unknown>
}
