import { zoneOffsets } from '../availability/model/local-week.ts'
import { DomainError } from '../errors.ts'

const MINUTE_MS = 60_000
const DAY_MINUTES = 1440

/** A daily period of local time, in minutes since midnight. If `until` is less than `from`, the period crosses midnight. */
export type QuietHours = {
  readonly from: number
  readonly until: number
  /** IANA name. */
  readonly timeZone: string
}

/**
 * The end of the quiet hours that contain `now`, in epoch milliseconds; null if `now` is outside of them. If the clocks skip
 * the end, the quiet hours end at the moment of the change. If the clocks are set back during quiet hours, these continue
 * until the clocks show `until`.
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
  // The offset can change before the end. The greater offset is tried first, because it gives the earlier time.
  const offsets = [offsetAt(start), offsetAt(start + DAY_MINUTES)].toSorted((a, b) => b - a)
  const endMinute = offsets.map((offset) => end - offset).find((minute, i) => offsetAt(minute) === offsets[i])
  if (endMinute !== undefined) return endMinute * MINUTE_MS
  // The local time of the end does not exist on this day, because the clocks skip it.
  let minute = Math.max(start, end - Math.max(...offsets))
  while (isQuiet(minute)) minute += 1
  return minute * MINUTE_MS
}

function timeOfDay(minute: number): number {
  return ((minute % DAY_MINUTES) + DAY_MINUTES) % DAY_MINUTES
}

/** Parses quiet hours whose times have the form `hh:mm`. Throws `invalid-request`. */
export function readQuietHours(input: {
  readonly from: string
  readonly until: string
  readonly timeZone: string
}): QuietHours {
  const { timeZone } = input
  const quietHours = { from: minuteOf(input.from, 'from'), until: minuteOf(input.until, 'until'), timeZone }
  if (quietHours.from === quietHours.until)
    throw invalid('until', 'must differ from the start; to turn quiet hours off, send null')
  if (!isTimeZone(timeZone)) throw invalid('timeZone', 'must be the IANA name of a time zone, such as Europe/Berlin')
  return quietHours
}

/** Formats minutes since midnight as `hh:mm`. */
export function writeTimeOfDay(minute: number): string {
  const [hours, minutes] = [Math.floor(minute / 60), minute % 60]
  return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`
}

function minuteOf(text: string, field: string): number {
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text) ?? []
  if (hours === undefined) throw invalid(field, 'must be a time of day such as 22:00')
  return Number(hours) * 60 + Number(minutes)
}

/** Rejects offsets such as +01:00, which ignore summer time. */
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
