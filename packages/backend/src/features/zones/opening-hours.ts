import type { Hours, ReadHours } from '#read-model/row-hours.ts'
import { countryOfTimeZone } from '#platform/country.ts'
import { holidayCalendarOf } from '#platform/holiday-calendar.ts'
import type { HolidaysOf } from '#platform/holidays.ts'
import { timeZoneAt } from '#platform/time-zone.ts'
import type { Open } from './evaluate-hours.ts'
import { type HolidayPlace, openBetween } from './holiday-hours.ts'

const HOUR = 60 * 60_000
/** Length of the evaluated window: it covers a forecast and the rest of today. */
const WINDOW_MS = 48 * HOUR
/** Changes are evaluated for two weeks at a time, so that one within the next seven days is always found. */
const WEEK_MS = 7 * 24 * HOUR
/** Cached weeks: the current one, and those that changes lead into. */
const MAX_CACHED_WEEKS = 3
/** Requests may start a little before the window of the last one. */
const MARGIN_MS = HOUR
const SUN = /sunrise|sunset|dawn|dusk/i
const HOLIDAYS = /\b[PS]H\b/

/**
 * Parses OSM opening hours in the zone's local time. Zones with the same text in the same time zone share one
 * evaluation of two days, so that a request costs a comparison or two. `holidaysOf` gives the public holidays.
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
    const made = cachedHours(value, { timeZone, lat, lng, country, isHoliday: holidaysOf(calendar) })
    known.set(key, made)
    return made
  }
}

function cachedHours(value: string, place: HolidayPlace): Hours {
  let from = 0
  let to = 0
  let open: readonly Open[] = []
  const weeks = new Map<number, readonly Open[] | null>()

  function weekOf(time: number): readonly Open[] | null {
    const week = Math.floor(time / WEEK_MS)
    const known = weeks.get(week)
    if (known !== undefined) return known
    for (const old of [...weeks.keys()].slice(0, weeks.size - MAX_CACHED_WEEKS + 1)) weeks.delete(old)
    const made = openBetween(value, place, week * WEEK_MS, (week + 2) * WEEK_MS)
    weeks.set(week, made)
    return made
  }

  return {
    at(time) {
      const stretches = weekOf(time)
      if (stretches === null) return { state: 'unknown', until: null }
      const end = (Math.floor(time / WEEK_MS) + 2) * WEEK_MS
      const now = stretches.find((stretch) => time >= stretch.from && time < stretch.to)
      if (now === undefined)
        return { state: 'closed', until: stretches.find(({ from: start }) => start > time)?.from ?? null }
      return { state: now.isUnsure ? 'unknown' : 'open', until: now.to < end ? now.to : null }
    },
    isClosed(time) {
      if (time < from || time >= to) {
        from = time - MARGIN_MS
        to = from + WINDOW_MS
        open = openBetween(value, place, from, to) ?? [{ from, to, isUnsure: true }]
      }
      for (const stretch of open) if (time >= stretch.from && time < stretch.to) return false
      return true
    },
  }
}
