/**
 * Public holidays of a country or of a part of it (ISO 3166: `de`, `gb-sct`, either case): whether a local day, counted
 * since the epoch, is a holiday. For an unknown calendar no day is.
 */
export type HolidaysOf = (calendar: string) => IsHoliday
export type IsHoliday = (day: number) => boolean

const DAY_HOURS = 24
const HOUR = 60 * 60_000
/** Minimum duration: half holidays are ordinary days; a day on which the clocks change has 23 hours. */
const MIN_HOLIDAY_HOURS = 20

/**
 * Loads the public holidays of whole countries, or of the requested part; those of other states and of towns are
 * ordinary days. Loaded when a service starts and not at import: the calendars take a fifth of a second and tens of
 * megabytes.
 */
export async function loadHolidays(): Promise<HolidaysOf> {
  const { default: Holidays } = await import('date-holidays')
  const calendars = new Map<string, IsHoliday>()

  function createCalendar(name: string): IsHoliday {
    const [code = '', state] = name.toUpperCase().split('-')
    const options = { types: ['public' as const] }
    const calendar = state === undefined ? new Holidays(code, options) : new Holidays(code, state, options)
    const years = new Map<number, ReadonlySet<number>>()
    const known = new Map<number, boolean>()
    function isHoliday(day: number): boolean {
      const year = new Date(day * DAY_HOURS * HOUR).getUTCFullYear()
      let days = years.get(year)
      if (days === undefined) years.set(year, (days = new Set(calendar.getHolidays(year).flatMap(wholeDays))))
      return days.has(day)
    }
    return (day) => {
      let answer = known.get(day)
      if (answer === undefined) known.set(day, (answer = isHoliday(day)))
      return answer
    }
  }

  return (name) => {
    const calendar = calendars.get(name) ?? createCalendar(name)
    calendars.set(name, calendar)
    return calendar
  }
}

/** The local days that a holiday takes up. `date` begins with the local date and hour at which it starts. */
function wholeDays({ date, start, end }: { date: string; start: Date; end: Date }): number[] {
  const [, year, month, day, hour] = /^(\d+)-(\d+)-(\d+) (\d+)/.exec(date) ?? []
  const first = Date.UTC(Number(year), Number(month) - 1, Number(day)) / (DAY_HOURS * HOUR)
  const from = Number(hour)
  const to = from + (end.getTime() - start.getTime()) / HOUR
  const days: number[] = []
  for (let i = 0; i * DAY_HOURS < to; i += 1) {
    const covered = Math.min(to - i * DAY_HOURS, DAY_HOURS) - Math.max(0, from - i * DAY_HOURS)
    if (covered >= MIN_HOLIDAY_HOURS) days.push(first + i)
  }
  return days
}
