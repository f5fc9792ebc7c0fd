import type { Hours, ReadHours } from '#board/row-hours.ts'
import { countryOfTimeZone } from '#platform/country.ts'
import { holidayCalendarOf } from '#platform/holiday-calendar.ts'
import type { HolidaysOf } from '#platform/holidays.ts'
import { timeZoneAt } from '#platform/time-zone.ts'
import type { Open } from './evaluate-hours.ts'
import { type HolidayPlace, openBetween } from './holiday-hours.ts'

const HOUR = 60 * 60_000
/** What is worked out at once: all that a forecast asks for, and the rest of today. */
const WINDOW = 48 * HOUR
/** Changes are looked for in weeks, each with the one after it, so that one of the next seven days is always found. */
const WEEK = 7 * 24 * HOUR
/** This week and those that changes lead into. */
const WEEKS_KEPT = 3
/** Requests begin a little before the window that the last one asked for. */
const MARGIN = HOUR
const SUN = /sunrise|sunset|dawn|dusk/i
const HOLIDAYS = /\b[PS]H\b/

/**
 * Reads OSM opening hours in the zone's own time. Zones that write the same in the same time zone share one answer, which
 * is worked out for two days at a time: a request is then a comparison or two. Public holidays are those of `holidaysOf`.
 */
export function createOpeningHours(holidaysOf: HolidaysOf = () => () => false): ReadHours {
  const known = new Map<string, Hours>()
  return (text, lat, lng) => {
    const value = text.trim()
    if (value === '' || value === '24/7') return null
    const timeZone = timeZoneAt(lat, lng)
    const bySun = SUN.test(value)
    const calendar = HOLIDAYS.test(value) ? (holidayCalendarOf(timeZone, lat, lng) ?? '') : ''
    const key = `${value}|${timeZone}|${calendar}|${bySun ? `${lat.toFixed(1)},${lng.toFixed(1)}` : ''}`
    const shared = known.get(key)
    if (shared !== undefined) return shared
    const country = countryOfTimeZone(timeZone) ?? ''
    const made = followHours(value, { timeZone, lat, lng, country, isHoliday: holidaysOf(calendar) })
    known.set(key, made)
    return made
  }
}

function followHours(value: string, place: HolidayPlace): Hours {
  let from = 0
  let to = 0
  let open: readonly Open[] = []
  const weeks = new Map<number, readonly Open[] | null>()

  function weekOf(time: number): readonly Open[] | null {
    const week = Math.floor(time / WEEK)
    const known = weeks.get(week)
    if (known !== undefined) return known
    for (const old of [...weeks.keys()].slice(0, weeks.size - WEEKS_KEPT + 1)) weeks.delete(old)
    const made = openBetween(value, place, week * WEEK, (week + 2) * WEEK)
    weeks.set(week, made)
    return made
  }

  return {
    at(time) {
      const stretches = weekOf(time)
      if (stretches === null) return { state: 'unknown', until: null }
      const end = (Math.floor(time / WEEK) + 2) * WEEK
      const now = stretches.find((stretch) => time >= stretch.from && time < stretch.to)
      if (now === undefined)
        return { state: 'closed', until: stretches.find(({ from: start }) => start > time)?.from ?? null }
      return { state: now.isUnsure ? 'unknown' : 'open', until: now.to < end ? now.to : null }
    },
    isClosed(time) {
      if (time < from || time >= to) {
        from = time - MARGIN
        to = from + WINDOW
        open = openBetween(value, place, from, to) ?? [{ from, to, isUnsure: true }]
      }
      for (const stretch of open) if (time >= stretch.from && time < stretch.to) return false
      return true
    },
  }
}
