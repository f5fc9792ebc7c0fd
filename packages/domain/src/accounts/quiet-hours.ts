import { zoneOffsets } from '../availability/model/local-week.ts'
import { DomainError } from '../errors.ts'

const MINUTE_MS = 60_000
const DAY = 1440

/** A daily stretch of local time, in minutes since midnight. It runs over midnight where `until` is before `from`. */
export type QuietHours = {
  readonly from: number
  readonly until: number
  /** IANA name. */
  readonly timeZone: string
}

/**
 * When the quiet hours end that `now` is in (both in epoch milliseconds); null where `now` is in none. Where the clocks skip
 * the end, they end with the skip. Where the clocks are set back during quiet hours, these go on until their end.
 */
export function endOfQuietHours({ from, until, timeZone }: QuietHours, now: number): number | null {
  const offsetAt = zoneOffsets(timeZone)
  const isQuiet = (minute: number): boolean => {
    const local = timeOfDay(minute + offsetAt(minute))
    return from < until ? local >= from && local < until : local >= from || local < until
  }
  const start = Math.floor(now / MINUTE_MS)
  if (!isQuiet(start)) return null
  const local = start + offsetAt(start)
  const end = local + timeOfDay(until - local)
  // The offset may change before the end. The greater one gives the earlier time.
  const offsets = [offsetAt(start), offsetAt(start + DAY)].toSorted((a, b) => b - a)
  const shown = offsets.map((offset) => end - offset).find((minute, i) => offsetAt(minute) === offsets[i])
  if (shown !== undefined) return shown * MINUTE_MS
  // The clocks skip the end.
  let minute = Math.max(start, end - Math.max(...offsets))
  while (isQuiet(minute)) minute += 1
  return minute * MINUTE_MS
}

function timeOfDay(minute: number): number {
  return ((minute % DAY) + DAY) % DAY
}

/** Reads quiet hours with times as `hh:mm`. Throws `invalid-request`. */
export function readQuietHours(input: {
  readonly from: string
  readonly until: string
  readonly timeZone: string
}): QuietHours {
  const { timeZone } = input
  const quiet = { from: minuteOf(input.from, 'from'), until: minuteOf(input.until, 'until'), timeZone }
  if (quiet.from === quiet.until) throw invalid('until', 'must differ from the start; send null for no quiet hours')
  if (!isTimeZone(timeZone)) throw invalid('timeZone', 'must be the IANA name of a time zone, such as Europe/Berlin')
  return quiet
}

/** The time of day of a minute, as `hh:mm`. */
export function writeTimeOfDay(minute: number): string {
  const [hours, minutes] = [Math.floor(minute / 60), minute % 60]
  return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`
}

function minuteOf(text: string, field: string): number {
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text) ?? []
  if (hours === undefined) throw invalid(field, 'must be a time of day such as 22:00')
  return Number(hours) * 60 + Number(minutes)
}

/** Offsets such as +01:00 are no time zones: they have no summer time. */
function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    zoneOffsets(name)
    return true
  } catch {
    return false
  }
}

function invalid(field: string, message: string): DomainError {
  const pointer = `/quietHours/${field}`
  return new DomainError('invalid-request', `The quiet hours are invalid: ${pointer} ${message}.`, [
    { pointer, message },
  ])
}
