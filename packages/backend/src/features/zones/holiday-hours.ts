import type { IsHoliday } from '#platform/holidays.ts'
import { offsetAt } from '#platform/time-zone.ts'
import { evaluateHours, type Open, type Place, timeOfWall } from './evaluate-hours.ts'

/** A place with the calendar of its public holidays. */
export type HolidayPlace = Place & { readonly country: string; readonly isHoliday: IsHoliday }

const DAY = 24 * 60 * 60_000
const PUBLIC = /\bPH\b/
const SCHOOL = /\bSH\b/
/** `PH -1 day`: days next to a holiday depend on it. */
const DAY_OFFSET = /\bPH\s*[+-]/
const EVERY_DAY = 'Mo-Su'
/** A country of the library in which only 1 January is a public holiday. */
const NEW_YEAR_ONLY = 'xa'
/** Countries for which the library has nationwide school holidays. For others it fails and logs an error. */
const WITH_SCHOOL = new Set('ad al at bg by cz ee hr hu ie it li lt lu lv mc md mt mx pt ro rs si sm za'.split(' '))

/** How a local day is evaluated. */
type DayKind = 'plain' | 'holiday' | 'unsure'

/**
 * The open intervals of hours that may contain public holidays (`PH`). The library lacks the calendars of most
 * countries, so each day is evaluated by our own calendar: on holidays `PH` is replaced by every day of the week, on
 * other days the library gets a country without holidays on those days. Null where the text cannot be parsed. Hours
 * that run past midnight into or out of a holiday are evaluated per calendar day.
 */
export function openBetween(value: string, place: HolidayPlace, from: number, to: number): Open[] | null {
  if (SCHOOL.test(value)) {
    return WITH_SCHOOL.has(place.country) ? evaluateHours(value, place, place.country, from, to) : null
  }
  if (!PUBLIC.test(value)) return evaluateHours(value, place, '', from, to)
  const open: Open[] = []
  for (const run of runsOf(value, place, from, to)) {
    const stretches = stretchesOf(run, value, place)
    if (stretches === null) return null
    for (const stretch of stretches) append(open, stretch)
  }
  return open
}

type Run = { readonly kind: DayKind; readonly from: number; readonly to: number }

function stretchesOf({ kind, from, to }: Run, value: string, place: Place): Open[] | null {
  const unsure = [{ from, to, isUnsure: true }]
  if (kind === 'unsure') return unsure
  if (kind === 'plain') return evaluateHours(value, place, NEW_YEAR_ONLY, from, to)
  return evaluateHours(onHoliday(value), place, NEW_YEAR_ONLY, from, to) ?? unsure
}

/** The text for a public holiday. `PH Mo-Fr` means a holiday that falls on one of these days. */
function onHoliday(value: string): string {
  return value.replaceAll(/\bPH\s+(?=(?:Mo|Tu|We|Th|Fr|Sa|Su)\b)/g, '').replaceAll(/\bPH\b/g, EVERY_DAY)
}

/** Runs of days of one kind, clipped to the requested interval. */
function runsOf(value: string, { timeZone, isHoliday }: HolidayPlace, from: number, to: number): Run[] {
  const dayOf = (time: number): number => Math.floor((time + offsetAt(timeZone, time)) / DAY)
  const kindOf = (day: number): DayKind => {
    if (DAY_OFFSET.test(value)) return [day - 1, day, day + 1].some(isHoliday) ? 'unsure' : 'plain'
    if (isHoliday(day)) return 'holiday'
    const date = new Date(day * DAY)
    return date.getUTCMonth() === 0 && date.getUTCDate() === 1 ? 'unsure' : 'plain'
  }
  const runs: Run[] = []
  for (let day = dayOf(from); day <= dayOf(to - 1); day += 1) {
    const kind = kindOf(day)
    const start = Math.max(from, timeOfWall(day * DAY, timeZone))
    const end = Math.min(to, timeOfWall((day + 1) * DAY, timeZone))
    const before = runs.at(-1)
    if (before?.kind === kind && kind !== 'holiday') runs[runs.length - 1] = { ...before, to: end }
    else runs.push({ kind, from: start, to: end })
  }
  return runs
}

/** Appends an interval, joined with the last one where they touch. */
function append(open: Open[], stretch: Open): void {
  const last = open.at(-1)
  if (last !== undefined && last.to === stretch.from && last.isUnsure === stretch.isUnsure) {
    open[open.length - 1] = { ...last, to: stretch.to }
  } else open.push(stretch)
}
