import { metresFromChordSquared, type Availability, type Permit, type Vehicle } from '@kickstand/domain'
import { MAX_AVAILABILITY_BYTES, toTimestamp, writeAvailability } from '#read-model/availability-json.ts'
import type { EstimateReader, ZoneReader } from '#read-model/board-types.ts'
import {
  asciiBytes,
  createByteWriter,
  room,
  writeAscii,
  writeBytes,
  writeDecimal,
  type ByteWriter,
} from '#platform/byte-writer.ts'

// Responses are assembled from JSON bytes that the board keeps ready, so that a list costs copies instead of
// serialisation. Their shapes are those of the contract; a service test validates them.

/** Room for what follows a zone's own JSON: comma, distance, availability, brace. */
const TAIL_BYTES = MAX_AVAILABILITY_BYTES + 80

/**
 * The memory of a large board is in no CPU cache, and random access takes most of the time. Rows are therefore
 * prefetched in groups, since a processor can wait for many accesses at once.
 */
const PREFETCHED_ROWS = 32
const availabilities: Availability[] = []

const DISTANCE = asciiBytes(',"distance":')
const AVAILABILITY = asciiBytes(',"availability":')

let out = createByteWriter()

/** What to write of each zone: its availability at `time` as of `now`, and the rules for a vehicle, if any. */
export type AnswerOptions = {
  readonly time: number
  readonly now: number
  readonly rulesFor: { readonly vehicle: Vehicle | null; readonly permits: readonly Permit[] }
}

/** Rows to write, in order; with `chords` (see `Nearest`), each gets its distance. */
export type ZoneList = {
  readonly count: number
  readonly rows: ArrayLike<number>
  readonly chords?: ArrayLike<number>
}

/**
 * `{"zones":[…]` + `end`, with the availability of each zone at `time` as of `now`. The next call overwrites the bytes,
 * unless `keepZones` is called before it.
 */
export function writeZones(
  board: ZoneReader & EstimateReader,
  list: ZoneList,
  options: AnswerOptions,
  end: string,
): Buffer {
  out.at = 0
  writeAscii(out, '{"zones":[')
  for (let from = 0; from < list.count; from += PREFETCHED_ROWS) {
    const to = Math.min(list.count, from + PREFETCHED_ROWS)
    for (let i = from; i < to; i += 1) board.prefetchJson(list.rows[i])
    for (let i = from; i < to; i += 1)
      availabilities[i - from] = board.availability(list.rows[i], options.time, options.now)
    for (let i = from; i < to; i += 1) {
      room(out, 1)
      if (i > 0) writeAscii(out, ',')
      writeZone(out, board, list.rows[i], availabilities[i - from], options, list.chords?.[i] ?? null)
    }
  }
  room(out, end.length)
  writeAscii(out, end)
  return out.bytes.subarray(0, out.at)
}

/** Detaches the bytes of the last `writeZones`, which are still being sent. */
export function keepZones(): void {
  out = createByteWriter()
}

function writeZone(
  writer: ByteWriter,
  board: ZoneReader & EstimateReader,
  row: number,
  availability: Availability,
  { time, now, rulesFor: { vehicle, permits } }: AnswerOptions,
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

/** One zone as an object with all its facts, for the less frequent responses that add to it. */
export function zoneObject(board: ZoneReader & EstimateReader, row: number, options: AnswerOptions): ZoneObject {
  out.at = 0
  writeZone(out, board, row, board.availability(row, options.time, options.now), options, null)
  const withoutBrace = out.bytes.toString('utf8', 0, out.at - 1)
  return JSON.parse(`${withoutBrace}${board.details(row)}}`) as ZoneObject
}
