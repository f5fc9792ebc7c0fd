import OpeningHours from 'opening_hours'
import { offsetAt } from '#platform/time-zone.ts'

// The only file that knows the library behind opening hours (docs/decisions/0010-opening-hours.md).

const HOUR = 60 * 60_000

/** An interval in epoch milliseconds in which the place is open, or may be open (`isUnsure`). */
export type Open = { readonly from: number; readonly to: number; readonly isUnsure: boolean }

export type Place = { readonly timeZone: string; readonly lat: number; readonly lng: number }

/**
 * The open intervals between two times; null where the text cannot be parsed, which does not mean closed. `country`:
 * whose holidays the library uses for `PH` and `SH`. A text with either needs a country that the library knows.
 */
export function evaluateHours(value: string, place: Place, country: string, from: number, to: number): Open[] | null {
  const { timeZone, lat, lng } = place
  const offset = offsetAt(timeZone, from)
  // The library reads a Date's local fields. Pass Dates whose local fields are the wall clock at the place, and shift
  // the longitude by the same amount, so that sunrise is at the right time.
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
  return timeOfWall(wall, timeZone)
}

/**
 * The moment at which a wall clock in the time zone shows `wall`, milliseconds since the epoch as if it stood in UTC.
 */
export function timeOfWall(wall: number, timeZone: string): number {
  const near = wall - offsetAt(timeZone, wall)
  return wall - offsetAt(timeZone, near)
}
