import { DAY_MINUTES, TARIFF_DAYS } from './tariff.ts'

/** Minutes since the local midnight, `until` excluded. */
export type DayHours = { readonly from: number; readonly until: number }

/** Hours of fourteen days: Monday to Sunday as ordinary days, then Monday to Sunday as public holidays. */
export type WeekHours = ReadonlyArray<readonly DayHours[]>

export const WEEK_ROWS = 14
const WEEKDAYS = 7
export const WHOLE_DAY: DayHours = { from: 0, until: DAY_MINUTES }

const DAY_NAME = '(?:Mo|Tu|We|Th|Fr|Sa|Su|PH)'
const DAYS = `${DAY_NAME}(?:-${DAY_NAME})?(?:\\s*,\\s*${DAY_NAME}(?:-${DAY_NAME})?)*`
const TIME = String.raw`\d{1,2}:[0-5]\d\s*-\s*\d{1,2}:[0-5]\d`
const RULE = new RegExp(`^(?<days>${DAYS})?:?\\s*(?<times>${TIME}(?:\\s*,\\s*${TIME})*|24/7)?\\s*(?<off>off|closed)?$`)
/** `Mo-Fr 08:00-18:00, Sa 09:00-13:00`: a comma between times and days adds a rule. */
const NEXT_RULE = new RegExp(`(?<=\\d)\\s*,\\s*(?=${DAY_NAME})`)

/**
 * Parses the weekly part of OSM's opening_hours syntax: days, public holidays, times and `off`. Rules after a semicolon replace
 * earlier ones on their days. Null for all else, such as seasons, sunset and school holidays, and for hours over midnight where it is
 * not certain what the next day's rule does to them.
 */
export function readWeekHours(text: string): WeekHours | null {
  const rows: DayHours[][] = Array.from({ length: WEEK_ROWS }, () => [])
  const groups = text
    .split(';')
    .map((group) => group.trim())
    .filter((group) => group !== '')
  if (groups.length === 0) return null
  for (const group of groups) {
    for (const [index, rule] of group.split(NEXT_RULE).entries()) {
      const read = readRule(rule.trim())
      // `Th 11:30-14:30; 17:00-20:45`: the mapper means the day before, the syntax every day.
      if (read === null || (!read.hasDays && group !== groups[0])) return null
      for (const row of read.rows) rows[row] = [...(index === 0 ? [] : (rows[row] ?? [])), ...read.hours]
    }
  }
  return endAtMidnight(rows, groups.length === 1)
}

type Rule = { readonly hasDays: boolean; readonly rows: readonly number[]; readonly hours: readonly DayHours[] }

function readRule(rule: string): Rule | null {
  const { days, times, off } = RULE.exec(rule)?.groups ?? {}
  if (days === undefined && times === undefined) return null
  // `12:00-13:00 off` would cut a part out of a day.
  if (off !== undefined && times !== undefined) return null
  const hasDays = days !== undefined
  const rows = days === undefined ? Array.from({ length: WEEK_ROWS }, (_, row) => row) : rowsOf(days)
  if (rows === null) return null
  if (off !== undefined) return { hasDays, rows, hours: [] }
  if (times === undefined || times === '24/7') return { hasDays, rows, hours: [WHOLE_DAY] }
  const hours = times.split(',').map(hoursOf)
  return hours.every((one) => one !== null) ? { hasDays, rows, hours } : null
}

function rowsOf(days: string): number[] | null {
  const rows = new Set<number>()
  for (const part of days.split(',')) {
    const [first = -1, last = first] = part
      .split('-')
      .map((name) => TARIFF_DAYS.findIndex((day) => day === name.trim()))
    if (last !== first && (first === WEEKDAYS || last === WEEKDAYS)) return null
    if (first === WEEKDAYS) for (let row = WEEKDAYS; row < WEEK_ROWS; row += 1) rows.add(row)
    else
      for (let day = first; ; day = (day + 1) % WEEKDAYS) {
        rows.add(day).add(day + WEEKDAYS)
        if (day === last) break
      }
  }
  return [...rows]
}

/** `until` is above 1440 where the hours run over midnight. */
function hoursOf(times: string): DayHours | null {
  const [from = 0, until = 0] = times.split('-').map((time) => {
    const [hours = 0, minutes = 0] = time.split(':').map(Number)
    return hours * 60 + minutes
  })
  if (from >= DAY_MINUTES || until > DAY_MINUTES || from === until) return null
  return { from, until: until < from ? until + DAY_MINUTES : until }
}

/** Moves what is after midnight to the next day. `isOneRule`: no rule replaces another. */
function endAtMidnight(rows: readonly DayHours[][], isOneRule: boolean): WeekHours | null {
  if (rows.every((row) => row.every(({ until }) => until <= DAY_MINUTES))) return rows
  if (!isOneRule || !rows.every((row, at) => areEqual(row, rows[at % WEEKDAYS] ?? []))) return null
  return rows.map((row, at) => [
    ...(rows[(at + WEEKDAYS - 1) % WEEKDAYS] ?? []).flatMap(({ until }) =>
      until > DAY_MINUTES ? [{ from: 0, until: until - DAY_MINUTES }] : [],
    ),
    ...row.map(({ from, until }) => ({ from, until: Math.min(until, DAY_MINUTES) })),
  ])
}

export function areEqual(some: readonly DayHours[], others: readonly DayHours[]): boolean {
  return (
    some.length === others.length &&
    some.every(({ from, until }, at) => from === others[at]?.from && until === others[at]?.until)
  )
}
