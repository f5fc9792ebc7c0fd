import { clip, readText } from '@kickstand/domain'
import type { Profile } from '#profiles/profile-schema.ts'

const CLOCK = String.raw`(\d\d?):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?`
/** 2026-11-28, 2026-11-28T15:00:00Z, 2026/11/28 15:00, 20261128T150000. */
const ISO = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?)?\s*(Z|[+-]\d\d:?(?:\d\d)?)?$/i
const COMPACT = /^(\d{4})(\d\d)(\d\d)T?(\d\d)(\d\d)(\d\d)?(Z|[+-]\d\d:?(?:\d\d)?)?$/i
const YEAR_FIRST = new RegExp(String.raw`^(\d{4})/(\d\d?)/(\d\d?)(?:,? ${CLOCK})?$`)
/** "28.11.2026 15:00:00", "28.11.2026, 15:00 Uhr": with dots the day is always first. */
const DOTTED = new RegExp(String.raw`^(\d\d?)\. ?(\d\d?)\. ?(\d{4})(?:,? ${CLOCK}(?: Uhr)?)?$`, 'i')
/** "28/11/2026 15:00", "11-28-2026 3:00 PM": the profile tells which of the two is the day. */
const SLASHED = new RegExp(String.raw`^(\d\d?)[/-](\d\d?)[/-](\d{4})(?:,? ${CLOCK}(?: ?([AP])\.?M\.?)?)?$`, 'i')
/** "Tue Oct 06 00:02:00 CST 2026", as Java prints a date. */
const JAVA = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d\d?) (\d\d):(\d\d):(\d\d) ([A-Z]{1,5}|[+-]\d\d:?\d\d) (\d{4})$/
/** "Mon, 22 Jun 2015 12:43:50 GMT", as in mail and RSS. */
const MAIL = /^(?:[A-Z][a-z]{2}, )?(\d\d?) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d)(?::(\d\d))? ([A-Z]{1,5}|[+-]\d{4})$/
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const OFFSET = /^([+-])(\d\d):?(\d\d)?$/

/** Numbers above this are milliseconds, below it seconds: both lie between 2001 and 2286. */
const MAX_SECONDS = 1e11
const EARLIEST_SECONDS = 1e9

/** A time of a feed that cannot be read, with the reason: the text found and the format expected. */
export type UnreadableTime = { readonly unreadable: string }

/** Epoch milliseconds; null where the feed gives no time. */
export type FeedTime = number | null | UnreadableTime

/** How a feed formats its times, from its profile. */
export type TimeRules = {
  /** IANA time zone of times without an offset. */
  readonly timeZone: string | null
  /** Which part of "10/06/2024" is the day. */
  readonly dateOrder?: 'day-first' | 'month-first' | undefined
}

export function timeRules({ timeZone, dateOrder }: Profile): TimeRules {
  return { timeZone: timeZone ?? null, dateOrder }
}

/** The unparsed parts of a date, and its time zone. */
type Parts = {
  /** Year, month, day, hour, minute, second. */
  readonly figures: readonly (string | number | undefined)[]
  readonly zone?: string | undefined
}

/**
 * Parses a time: RFC 3339 and its compact form, year/month/day, German dates, dates with slashes where the profile
 * gives their order, the formats of Java and of mail, or a number of seconds or milliseconds. A time without an offset
 * is in `timeZone`; an ambiguous abbreviation (CST is China's, Cuba's and Chicago's) is ignored in favour of the
 * profile. `undefined` and `null` mean no time. Everything else that cannot be parsed, an empty text included, is
 * `unreadable` and never counts as now.
 */
export function readTime(value: unknown, rules: TimeRules): FeedTime {
  if (value === undefined || value === null) return null
  const text = readText(value)
  if (text === null) return { unreadable: typeof value === 'string' ? 'its time is empty' : 'its time is not a text' }
  if (/^(?:\d{10}|\d{13})(?:\.\d+)?$/.test(text)) {
    const figure = Number(text)
    return figure < EARLIEST_SECONDS ? unreadable(text) : Math.round(figure > MAX_SECONDS ? figure : figure * 1000)
  }
  const parts = partsOf(text, rules)
  if (parts === null) return unreadable(text)
  return 'unreadable' in parts ? parts : inZone(text, parts, rules.timeZone)
}

function partsOf(text: string, { dateOrder }: TimeRules): Parts | UnreadableTime | null {
  const iso = ISO.exec(text) ?? COMPACT.exec(text)
  if (iso) return { figures: iso.slice(1, 7), zone: iso[7] }
  const yearFirst = YEAR_FIRST.exec(text)
  if (yearFirst) return { figures: yearFirst.slice(1, 7) }
  const dotted = DOTTED.exec(text)
  if (dotted) return { figures: [dotted[3], dotted[2], dotted[1], ...dotted.slice(4, 7)] }
  const slashed = SLASHED.exec(text)
  if (slashed) {
    const [, first, second, year, hour, minute, seconds, half] = slashed
    if (dateOrder === undefined) {
      return {
        unreadable: `its time "${clip(text, 40)}" may start with the day or the month; set "dateOrder" in the profile`,
      }
    }
    const [day, month] = dateOrder === 'day-first' ? [first, second] : [second, first]
    return { figures: [year, month, day, hourOf(hour, half), minute, seconds] }
  }
  const java = JAVA.exec(text)
  if (java) {
    const [, month, day, hour, minute, second, zone, year] = java
    return { figures: [year, monthOf(month), day, hour, minute, second], zone }
  }
  const mail = MAIL.exec(text)
  if (!mail) return null
  const [, day, month, year, hour, minute, second, zone] = mail
  return { figures: [year, monthOf(month), day, hour, minute, second], zone }
}

function unreadable(text: string): UnreadableTime {
  return { unreadable: `its time "${clip(text, 40)}" cannot be read; expected one like 2026-03-04T12:00:00Z` }
}

/** Converts an hour of a 12-hour clock to 24 hours; 25 or more where there is no such hour. */
function hourOf(hour: string | undefined, half: string | undefined): number {
  const figure = Number(hour ?? 0)
  if (half === undefined) return figure
  if (figure < 1 || figure > 12) return Number.POSITIVE_INFINITY
  return (figure % 12) + (half.toUpperCase() === 'P' ? 12 : 0)
}

function monthOf(name: string | undefined): number {
  return MONTHS.indexOf(name ?? '') + 1
}

function inZone(text: string, { figures, zone }: Parts, timeZone: string | null): FeedTime {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = figures.map((figure) => Number(figure ?? 0))
  const isClock = (hour < 24 || (hour === 24 && minute + second === 0)) && minute < 60 && second <= 60
  const wall = Date.UTC(year, month - 1, day, hour, minute, second)
  const date = new Date(Date.UTC(year, month - 1, day))
  // `Date` turns a day past the end of the month into one of the next month.
  if (!isClock || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) {
    return unreadable(text)
  }
  if (wall < EARLIEST_SECONDS * 1000) {
    return { unreadable: `its time "${clip(text, 40)}" is before 2001; the clock of the device is not set` }
  }
  if (zone !== undefined && /^(?:Z|GMT|UTC)$/i.test(zone)) return wall
  const offset = OFFSET.exec(zone ?? '')
  if (offset) {
    const minutes = Number(offset[2]) * 60 + Number(offset[3] ?? 0)
    return wall - (offset[1] === '-' ? -minutes : minutes) * 60_000
  }
  if (timeZone !== null) return fromLocal(wall, timeZone)
  return { unreadable: `its time "${clip(text, 40)}" has no offset; set "timeZone" in the profile` }
}

/**
 * The time at which local clocks show `wall`. In the repeated hour of autumn it is the earlier of the two, because a
 * reading that seems too old loses weight, and one that seems too new would mislead.
 */
function fromLocal(wall: number, timeZone: string): number {
  const day = 86_400_000
  const candidates = [wall - offsetAt(wall - day, timeZone), wall - offsetAt(wall + day, timeZone)]
  const exact = candidates.filter((at) => at + offsetAt(at, timeZone) === wall)
  return exact.length === 0 ? Math.max(...candidates) : Math.min(...exact)
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Offset of the time zone from UTC in milliseconds. */
function offsetAt(at: number, timeZone: string): number {
  let format = formats.get(timeZone)
  if (format === undefined) {
    const options = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const
    format = new Intl.DateTimeFormat('en-US', { ...options, second: 'numeric', hourCycle: 'h23', timeZone })
    formats.set(timeZone, format)
  }
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
  const of = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0
  const shown = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'))
  return shown - Math.floor(at / 1000) * 1000
}
