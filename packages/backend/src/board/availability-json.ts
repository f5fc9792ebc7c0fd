import type { AvailabilityBody } from '@kickstand/contract'
import { NOTHING_KNOWN, type Availability } from '@kickstand/domain'
import {
  createByteWriter,
  writeAscii,
  writeBytes,
  writeDecimal,
  writeTimestamp,
  writeWhole,
  type ByteWriter,
} from '#platform/byte-writer.ts'

const text = createByteWriter()

/** RFC 3339 in UTC. */
export function toTimestamp(time: number): string {
  text.at = 0
  writeTimestamp(text, time)
  return text.bytes.toString('latin1', 0, text.at)
}

const rounded = (value: number | null, unit: number): number | null =>
  value === null ? null : Math.round(value * unit) / unit

/** Availability as the contract has it: tenths of a space, hundredths of a chance, age in whole seconds at `now`. */
export function toAvailabilityBody(a: Availability, now: number): AvailabilityBody {
  return {
    state: a.state,
    expectedFree: rounded(a.expectedFree, 10),
    freeLow: a.freeLow,
    freeHigh: a.freeHigh,
    chance: rounded(a.chance, 100),
    observedAt: a.observedAt === null ? null : toTimestamp(a.observedAt),
    ageSeconds: a.observedAt === null ? null : Math.max(0, Math.floor((now - a.observedAt) / 1000)),
    source: a.source,
    reports: a.reports,
    reportsDisagree: a.reportsDisagree,
    capacityDoubted: a.capacityDoubted,
  }
}

/** No availability takes more bytes. */
export const AVAILABILITY_BYTES = 384

const UNKNOWN = Buffer.from(JSON.stringify(toAvailabilityBody(NOTHING_KNOWN, 0)))

/** Writes the JSON of `toAvailabilityBody`, without making the object: lists hold twenty of them a request. */
export function writeAvailability(writer: ByteWriter, a: Availability, now: number): void {
  if (a === NOTHING_KNOWN) return writeBytes(writer, UNKNOWN)
  writeAscii(writer, '{"state":"')
  writeAscii(writer, a.state)
  writeAscii(writer, '","expectedFree":')
  writeNumber(writer, a.expectedFree, 10)
  writeAscii(writer, ',"freeLow":')
  writeNumber(writer, a.freeLow, 10)
  writeAscii(writer, ',"freeHigh":')
  writeNumber(writer, a.freeHigh, 10)
  writeAscii(writer, ',"chance":')
  writeNumber(writer, a.chance, 100)
  if (a.observedAt === null) writeAscii(writer, ',"observedAt":null,"ageSeconds":null,"source":"')
  else {
    writeAscii(writer, ',"observedAt":"')
    writeTimestamp(writer, a.observedAt)
    writeAscii(writer, '","ageSeconds":')
    writeWhole(writer, Math.max(0, Math.floor((now - a.observedAt) / 1000)))
    writeAscii(writer, ',"source":"')
  }
  writeAscii(writer, a.source)
  writeAscii(writer, '","reports":')
  writeWhole(writer, a.reports)
  writeAscii(writer, a.reportsDisagree ? ',"reportsDisagree":true' : ',"reportsDisagree":false')
  writeAscii(writer, a.capacityDoubted ? ',"capacityDoubted":true}' : ',"capacityDoubted":false}')
}

function writeNumber(writer: ByteWriter, value: number | null, unit: 10 | 100): void {
  if (value === null) writeAscii(writer, 'null')
  else writeDecimal(writer, value, unit)
}

/** The same as text. */
export function availabilityJson(a: Availability, now: number): string {
  text.at = 0
  writeAvailability(text, a, now)
  return text.bytes.toString('latin1', 0, text.at)
}
