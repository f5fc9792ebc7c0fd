import OpeningHours from 'opening_hours'
import type { Hours, ReadHours } from '#board/row-hours.ts'
import { countryOfTimeZone } from '#platform/country.ts'
import { offsetAt, timeZoneAt } from '#platform/time-zone.ts'

// The only file that knows the library behind opening hours (docs/decisions/0010-opening-hours.md).

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

/** A stretch of time in epoch milliseconds in which the place is open, or may be (`isUnsure`). */
type Open = { readonly from: number; readonly to: number; readonly isUnsure: boolean }

type Place = { readonly timeZone: string; readonly lat: number; readonly lng: number; readonly country: string }

/**
 * Reads OSM opening hours in the zone's own time. Zones that write the same in the same time zone share one answer, which
 * is worked out for two days at a time: a request is then a comparison or two.
 */
export function createOpeningHours(): ReadHours {
  const known = new Map<string, Hours>()
  return (text, lat, lng) => {
    const value = text.trim()
    if (value === '' || value === '24/7') return null
    const timeZone = timeZoneAt(lat, lng)
    const bySun = SUN.test(value)
    const key = `${value}|${timeZone}|${bySun ? `${lat.toFixed(1)},${lng.toFixed(1)}` : ''}`
    const shared = known.get(key)
    if (shared !== undefined) return shared
    const country = HOLIDAYS.test(value) ? (countryOfTimeZone(timeZone) ?? '') : ''
    const made = followHours(value, { timeZone, lat, lng, country })
    known.set(key, made)
    return made
  }
}

function followHours(value: string, place: Place): Hours {
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

/** The open stretches between two times, or null where the text cannot be understood: such a place is not called closed. */
function openBetween(value: string, place: Place, from: number, to: number): Open[] | null {
  const { timeZone, lat, lng, country } = place
  const offset = offsetAt(timeZone, from)
  // The library reads a Date's local fields. It is given Dates whose local fields are the wall clock at the place, and a
  // longitude moved by as much, so that the sun rises there when it does at the place.
  const here = new Date(from).getTimezoneOffset() * -60_000
  const shifted = lng - ((offset - here) / HOUR) * 15
  try {
    const hours = new OpeningHours(
      value,
      // @ts-expect-error -- declared as numbers, but the library takes a place only in strings
      { lat: String(lat), lon: String(shifted), address: { country_code: country, state: '' } },
      { locale: 'en', tag_key: 'opening_hours', mode: undefined, map_value: undefined, warnings_severity: undefined },
    )
    return hours
      .getOpenIntervals(wallDate(from, offset), wallDate(to, offsetAt(timeZone, to)))
      .map(([start, end, isUnsure]) => ({ from: fromWall(start, timeZone), to: fromWall(end, timeZone), isUnsure }))
  } catch {
    return null
  }
}

/** A Date whose local fields are those of a wall clock `offset` milliseconds ahead of UTC. */
function wallDate(time: number, offset: number): Date {
  const wall = new Date(time + offset)
  return new Date(
    wall.getUTCFullYear(),
    wall.getUTCMonth(),
    wall.getUTCDate(),
    wall.getUTCHours(),
    wall.getUTCMinutes(),
    wall.getUTCSeconds(),
  )
}

/** The moment at which a wall clock in the time zone shows the Date's local fields. */
function fromWall(date: Date, timeZone: string): number {
  const wall = Date.UTC(
    date.getFullYear(),
    date.getMonth(),
    date.getDate(),
    date.getHours(),
    date.getMinutes(),
    date.getSeconds(),
  )
  const near = wall - offsetAt(timeZone, wall)
  return wall - offsetAt(timeZone, near)
}
