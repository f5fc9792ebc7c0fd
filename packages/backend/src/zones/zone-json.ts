import { metresFromChordSquared, type Availability, type Permit, type Vehicle } from '@kickstand/domain'
import { AVAILABILITY_BYTES, toTimestamp, writeAvailability } from '#board/availability-json.ts'
import type { Board } from '#board/board.ts'
import {
  asciiBytes,
  createByteWriter,
  room,
  writeAscii,
  writeBytes,
  writeDecimal,
  type ByteWriter,
} from '#platform/byte-writer.ts'

// Answers are put together from bytes that the board holds ready, so that a list costs copies instead of serialisation.
// The shapes are those of the contract; a service test validates them against it.

/** Room for what follows a zone's own JSON: comma, distance, availability, brace. */
const TAIL_BYTES = AVAILABILITY_BYTES + 80

/**
 * Zones of a large board come from memory that no cache holds, and looking for them one by one is most of the work: so some are
 * looked at before they are written, since a processor waits for many at once as long as for one.
 */
const FETCHED = 32
const told: Availability[] = []

const DISTANCE = asciiBytes(',"distance":')
const AVAILABILITY = asciiBytes(',"availability":')

let out = createByteWriter()

/** What is told of zones: their availability at `time` as of `now`, and the rules for a vehicle where one is named. */
export type Telling = {
  readonly time: number
  readonly now: number
  readonly rulesFor: { readonly vehicle: Vehicle | null; readonly permits: readonly Permit[] }
}

/** Rows to write, in order; `chords` (see `Nearest`) where each is to have its distance. */
export type ZoneList = {
  readonly count: number
  readonly rows: ArrayLike<number>
  readonly chords?: ArrayLike<number>
}

/**
 * `{"zones":[…]` + `end`, with the availability of each zone at `time` as told at `now`. The bytes are only good until the
 * next call, unless `keepZones` is called before it.
 */
export function writeZones(board: Board, list: ZoneList, telling: Telling, end: string): Buffer {
  out.at = 0
  writeAscii(out, '{"zones":[')
  for (let from = 0; from < list.count; from += FETCHED) {
    const to = Math.min(list.count, from + FETCHED)
    for (let i = from; i < to; i += 1) board.fetchJson(list.rows[i])
    for (let i = from; i < to; i += 1) told[i - from] = board.availability(list.rows[i], telling.time, telling.now)
    for (let i = from; i < to; i += 1) {
      room(out, 1)
      if (i > 0) writeAscii(out, ',')
      writeZone(out, board, list.rows[i], told[i - from], telling, list.chords?.[i] ?? null)
    }
  }
  room(out, end.length)
  writeAscii(out, end)
  return out.bytes.subarray(0, out.at)
}

/** Leaves the bytes of the last `writeZones` as they are: they are still being sent. */
export function keepZones(): void {
  out = createByteWriter()
}

function writeZone(
  writer: ByteWriter,
  board: Board,
  row: number,
  availability: Availability,
  { time, now, rulesFor: { vehicle, permits } }: Telling,
  chordSquared: number | null,
): void {
  const rules = vehicle === null ? null : board.rules(row, vehicle, permits, time).json
  room(writer, board.jsonLength(row) + TAIL_BYTES + (rules?.length ?? 0))
  writer.at = board.copyJson(row, writer.bytes, writer.at)
  if (chordSquared !== null) {
    writeBytes(writer, DISTANCE)
    writeDecimal(writer, metresFromChordSquared(chordSquared), 10)
  }
  writeBytes(writer, AVAILABILITY)
  writeAvailability(writer, availability, now)
  if (rules !== null) writeBytes(writer, rules)
  writeAscii(writer, '}')
}

/** The end of a nearby answer. */
export function asOf(now: number): string {
  return `],"asOf":"${toTimestamp(now)}"}`
}

type ZoneObject = Record<string, unknown> & { readonly sources: readonly { readonly id: string }[] }

/** One zone as an object of the contract, for the rarer answers that add to it. */
export function zoneObject(board: Board, row: number, telling: Telling): ZoneObject {
  out.at = 0
  writeZone(out, board, row, board.availability(row, telling.time, telling.now), telling, null)
  return JSON.parse(out.bytes.toString('utf8', 0, out.at)) as ZoneObject
}
