import { readText } from '@kickstand/domain'

const ISO = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?)?\s*(Z|[+-]\d\d:?(?:\d\d)?)?$/i
/** "Tue Oct 06 00:02:00 CST 2026", as Java prints a date. */
const JAVA = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d\d?) (\d\d):(\d\d):(\d\d) ([A-Z]{1,5}|[+-]\d\d:?\d\d) (\d{4})$/
/** "Mon, 22 Jun 2015 12:43:50 GMT", as in mail and RSS. */
const MAIL = /^(?:[A-Z][a-z]{2}, )?(\d\d?) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d)(?::(\d\d))? ([A-Z]{1,5}|[+-]\d{4})$/
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const OFFSET = /^([+-])(\d\d):?(\d\d)?$/

/** Figures above this are milliseconds, below it seconds: both lie between 2001 and 2286. */
const MILLISECONDS = 1e11
const EARLIEST_SECONDS = 1e9

/**
 * A time as feeds write it, in epoch milliseconds: RFC 3339, the same without a zone, Java's and mail's way, or a figure of
 * seconds or milliseconds. A time without an offset is taken in `timeZone` (IANA); an abbreviation (CST is China's, Cuba's
 * and Chicago's) says less than the profile and is not looked at. Null for all that cannot be read, and for a local time
 * where no zone is known.
 */
export function readTime(value: unknown, timeZone: string | null): number | null {
  const text = readText(value)
  if (text === null) return null
  if (/^\d{10,13}(?:\.\d+)?$/.test(text)) {
    const figure = Number(text)
    return figure < EARLIEST_SECONDS ? null : Math.round(figure > MILLISECONDS ? figure : figure * 1000)
  }
  const iso = ISO.exec(text)
  if (iso) {
    const [, year, month, day, hour, minute, second, zone] = iso
    return inZone([year, month, day, hour, minute, second].map(figureOf), zone ?? null, timeZone)
  }
  const java = JAVA.exec(text)
  if (java) {
    const [, month = '', day, hour, minute, second, zone, year] = java
    const parts = [year, monthOf(month), day, hour, minute, second].map(figureOf)
    return inZone(parts, zone ?? null, timeZone)
  }
  const mail = MAIL.exec(text)
  if (!mail) return null
  const [, day, month = '', year, hour, minute, second, zone] = mail
  return inZone([year, monthOf(month), day, hour, minute, second].map(figureOf), zone ?? null, timeZone)
}

function figureOf(text: string | number | undefined): number {
  return Number(text ?? 0)
}

function monthOf(name: string): number {
  return MONTHS.indexOf(name) + 1
}

function inZone(parts: readonly number[], zone: string | null, timeZone: string | null): number | null {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
  const wall = Date.UTC(year, month - 1, day, hour, minute, second)
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 24 || minute > 59 || second > 60) return null
  if (zone !== null && /^(?:Z|GMT|UTC)$/i.test(zone)) return wall
  const offset = OFFSET.exec(zone ?? '')
  if (offset) {
    const minutes = Number(offset[2]) * 60 + Number(offset[3] ?? 0)
    return wall - (offset[1] === '-' ? -minutes : minutes) * 60_000
  }
  return timeZone === null ? null : fromLocal(wall, timeZone)
}

/**
 * The moment at which clocks in the zone show this. Of the two in the hour that autumn repeats it is the earlier one: what
 * is taken for too old fades, what is taken for too new would mislead.
 */
function fromLocal(wall: number, timeZone: string): number {
  const day = 86_400_000
  const candidates = [wall - offsetAt(wall - day, timeZone), wall - offsetAt(wall + day, timeZone)]
  const exact = candidates.filter((at) => at + offsetAt(at, timeZone) === wall)
  return exact.length === 0 ? Math.max(...candidates) : Math.min(...exact)
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Milliseconds that clocks in the zone are ahead of UTC. */
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
