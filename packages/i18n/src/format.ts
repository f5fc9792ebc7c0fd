/** Formats numbers, durations and distances for a locale. */
export type Format = {
  readonly locale: string
  count(value: number): string
  /** A range of counts; one number if both ends are equal. */
  range(low: number, high: number): string
  /** A share in [0, 1], shown as 1 % to 99 %: an estimate is never certain. */
  percent(share: number): string
  /** Metres, rounded to a readable precision. */
  distance(metres: number): string
  /** Seconds in the largest useful unit: 6 min, 3 h, 2 days. */
  duration(seconds: number): string
  minutes(minutes: number): string
  /** The time of day in an IANA time zone. */
  time(time: number, timeZone: string): string
  /** A full hour of the day as short as the language writes it: "6 PM", "18:00". */
  hour(time: number, timeZone: string): string
  weekday(time: number, timeZone: string): string
  /** A time on another day: "Mon 09:00". */
  weekdayTime(time: number, timeZone: string): string
  date(iso: string): string
  list(items: readonly string[]): string
}

const HOUR_SECONDS = 3_600
const DAY_SECONDS = 86_400

/** The formats of a language tag (BCP 47). Making them is slow, so keep the result. */
export function makeFormat(locale: string): Format {
  const count = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 })
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' })
  const list = new Intl.ListFormat(locale, { type: 'conjunction' })
  function clock(timeZone: string, parts: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
    return new Intl.DateTimeFormat(locale, { ...parts, timeZone })
  }
  const hasDayHalves = new Intl.DateTimeFormat(locale, { hour: 'numeric' }).resolvedOptions().hour12 ?? false
  /** 9:04 PM, but 09:04 where a day has 24 hours. */
  const timeParts: Intl.DateTimeFormatOptions = { hour: hasDayHalves ? 'numeric' : '2-digit', minute: '2-digit' }
  function unit(value: number, name: string, fractionDigits = 0): string {
    const unitDisplay = name === 'day' ? 'long' : 'short'
    return new Intl.NumberFormat(locale, {
      style: 'unit',
      unit: name,
      unitDisplay,
      maximumFractionDigits: fractionDigits,
    }).format(value)
  }
  return {
    locale,
    count: (value) => count.format(value),
    range: (low, high) => (low === high ? count.format(low) : `${count.format(low)}–${count.format(high)}`),
    percent: (share) => percent.format(Math.min(0.99, Math.max(0.01, share))),
    distance: (metres) => {
      if (metres < 95) return unit(Math.max(5, Math.round(metres / 5) * 5), 'meter')
      if (metres < 995) return unit(Math.round(metres / 10) * 10, 'meter')
      return unit(metres / 1000, 'kilometer', metres < 9_950 ? 1 : 0)
    },
    duration: (seconds) => {
      if (seconds < 1.5 * HOUR_SECONDS) return unit(Math.max(1, Math.round(seconds / 60)), 'minute')
      if (seconds < 1.5 * DAY_SECONDS) return unit(Math.round(seconds / HOUR_SECONDS), 'hour')
      return unit(Math.round(seconds / DAY_SECONDS), 'day')
    },
    time: (time, timeZone) => clock(timeZone, timeParts).format(time),
    hour: (time, timeZone) => clock(timeZone, hasDayHalves ? { hour: 'numeric' } : timeParts).format(time),
    weekday: (time, timeZone) => clock(timeZone, { weekday: 'short' }).format(time),
    weekdayTime: (time, timeZone) => clock(timeZone, { weekday: 'short', ...timeParts }).format(time),
    minutes: (minutes) => unit(minutes, 'minute'),
    date: (iso) => date.format(new Date(iso)),
    list: (items) => list.format(items),
  }
}
