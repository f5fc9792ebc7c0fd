import type { AvailabilityBody } from '@kickstand/contract'
import {
  NOTHING_KNOWN,
  type Availability,
  type AvailabilitySource,
  type AvailabilityState,
  type Latest,
} from '@kickstand/domain'
import {
  asciiBytes,
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

/** The contract's Availability: tenths of a space, hundredths of a chance, age in whole seconds at `now`. */
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
    latest: toLatestBody(a.latest),
  }
}

function toLatestBody(latest: Latest | null): AvailabilityBody['latest'] {
  if (latest === null) return null
  const { kind, count, level, observedAt, source, agrees, expected } = latest
  return {
    kind,
    count,
    level,
    // Not `toTimestamp`: its writer may be in use by the caller.
    observedAt: new Date(observedAt).toISOString(),
    source,
    agrees,
    expected: expected === null ? null : { ...expected, chance: Math.round(expected.chance * 100) / 100 },
  }
}

/** Maximum length of an availability in bytes. */
export const MAX_AVAILABILITY_BYTES = 640

const UNKNOWN = Buffer.from(JSON.stringify(toAvailabilityBody(NOTHING_KNOWN, 0)))

// The constant parts between the values, each as long as possible.
const head = (state: AvailabilityState): Buffer => asciiBytes(`{"state":"${state}","expectedFree":`)
const HEADS: Readonly<Record<AvailabilityState, Buffer>> = {
  plenty: head('plenty'),
  some: head('some'),
  few: head('few'),
  full: head('full'),
  unknown: head('unknown'),
  closed: head('closed'),
}
const FREE_LOW = asciiBytes(',"freeLow":')
const FREE_HIGH = asciiBytes(',"freeHigh":')
const CHANCE = asciiBytes(',"chance":')
const NOT_OBSERVED = asciiBytes(',"observedAt":null,"ageSeconds":null')
const OBSERVED_AT = asciiBytes(',"observedAt":"')
const AGE = asciiBytes('","ageSeconds":')
const reportsOf = (source: AvailabilitySource): Buffer => asciiBytes(`,"source":"${source}","reports":`)
const REPORTS: Readonly<Record<AvailabilitySource, Buffer>> = {
  rider: reportsOf('rider'),
  sensor: reportsOf('sensor'),
  operator: reportsOf('operator'),
  history: reportsOf('history'),
  none: reportsOf('none'),
}
const AGREE = asciiBytes(',"reportsDisagree":false')
const DISAGREE = asciiBytes(',"reportsDisagree":true')
const CERTAIN = asciiBytes(',"capacityDoubted":false,"latest":null}')
const DOUBTED = asciiBytes(',"capacityDoubted":true,"latest":null}')
/** The same without `latest`. */
const CERTAIN_WITH_LATEST = CERTAIN.subarray(0, -'null}'.length)
const DOUBTED_WITH_LATEST = DOUBTED.subarray(0, -'null}'.length)

/** Writes the JSON of `toAvailabilityBody` without creating the object: lists have twenty per request. */
export function writeAvailability(writer: ByteWriter, a: Availability, now: number): void {
  if (a === NOTHING_KNOWN) return writeBytes(writer, UNKNOWN)
  writeBytes(writer, HEADS[a.state])
  writeNumber(writer, a.expectedFree, 10)
  writeBytes(writer, FREE_LOW)
  writeNumber(writer, a.freeLow, 10)
  writeBytes(writer, FREE_HIGH)
  writeNumber(writer, a.freeHigh, 10)
  writeBytes(writer, CHANCE)
  writeNumber(writer, a.chance, 100)
  if (a.observedAt === null) writeBytes(writer, NOT_OBSERVED)
  else {
    writeBytes(writer, OBSERVED_AT)
    writeTimestamp(writer, a.observedAt)
    writeBytes(writer, AGE)
    writeWhole(writer, Math.max(0, Math.floor((now - a.observedAt) / 1000)))
  }
  writeBytes(writer, REPORTS[a.source])
  writeWhole(writer, a.reports)
  writeBytes(writer, a.reportsDisagree ? DISAGREE : AGREE)
  if (a.latest === null) return writeBytes(writer, a.capacityDoubted ? DOUBTED : CERTAIN)
  writeBytes(writer, a.capacityDoubted ? DOUBTED_WITH_LATEST : CERTAIN_WITH_LATEST)
  writeLatest(writer, a.latest)
  writeAscii(writer, '}')
}

const sightedBy = (source: Latest['source'], agrees: boolean): Buffer =>
  asciiBytes(`","source":"${source}","agrees":${agrees},"expected":`)
const SIGHTED_BY: Readonly<Record<Latest['source'], readonly [contradicts: Buffer, agrees: Buffer]>> = {
  rider: [sightedBy('rider', false), sightedBy('rider', true)],
  sensor: [sightedBy('sensor', false), sightedBy('sensor', true)],
}
const COUNT = asciiBytes('{"kind":"count","count":')
const NO_LEVEL = asciiBytes(',"level":null,"observedAt":"')
const LEVEL = asciiBytes('{"kind":"level","count":null,"level":"')
const SEEN_AT = asciiBytes('","observedAt":"')
const MINUTES = asciiBytes('{"minutes":')
const STATE = asciiBytes(',"state":"')
const LIKELY = asciiBytes('","chance":')

/** Writes the JSON of `toLatestBody`. */
function writeLatest(writer: ByteWriter, { count, level, observedAt, source, agrees, expected }: Latest): void {
  if (level === null) {
    writeBytes(writer, COUNT)
    writeWhole(writer, count ?? 0)
    writeBytes(writer, NO_LEVEL)
  } else {
    writeBytes(writer, LEVEL)
    writeAscii(writer, level)
    writeBytes(writer, SEEN_AT)
  }
  writeTimestamp(writer, observedAt)
  writeBytes(writer, SIGHTED_BY[source][agrees ? 1 : 0])
  if (expected === null) return writeAscii(writer, 'null}')
  writeBytes(writer, MINUTES)
  writeWhole(writer, expected.minutes)
  writeBytes(writer, STATE)
  writeAscii(writer, expected.state)
  writeBytes(writer, LIKELY)
  writeDecimal(writer, expected.chance, 100)
  writeAscii(writer, '}}')
}

function writeNumber(writer: ByteWriter, value: number | null, unit: 10 | 100): void {
  if (value === null) writeAscii(writer, 'null')
  else writeDecimal(writer, value, unit)
}

/** The JSON of `toAvailabilityBody`. */
export function availabilityJson(a: Availability, now: number): string {
  text.at = 0
  writeAvailability(text, a, now)
  return text.bytes.toString('latin1', 0, text.at)
}
