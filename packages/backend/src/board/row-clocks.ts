import { hourOfWeek, localDay, zoneOffsets } from '@kickstand/domain'
import { countryOfTimeZone } from '#platform/country.ts'
import type { HolidaysOf, IsHoliday } from '#platform/holidays.ts'
import { timeZoneAt } from '#platform/time-zone.ts'
import { copyInto } from './zone-bytes.ts'

/** Local time of each row, looked up for those that are asked for only. */
export type RowClocks = {
  /** Hours since Monday 00:00 of the row's local week at a minute since the epoch; on public holidays those of a Sunday. */
  hourOfWeek(row: number, minute: number): number
  /** The row may lie in another time zone now. */
  moved(row: number): void
  /** Makes room for so many rows at once. */
  reserve(rows: number): void
}

const NEVER: IsHoliday = () => false

/** `place` gives a row's latitude and longitude in degrees. A time zone keeps the holidays of its country. */
export function createRowClocks(
  place: (row: number) => readonly [number, number],
  holidaysOf: HolidaysOf = () => NEVER,
): RowClocks {
  // Which of `offsets`; 0 where nobody has asked yet.
  let zones = new Uint16Array(1024)
  const numbers = new Map<string, number>()
  const offsets: ((minute: number) => number)[] = [() => 0]
  const holidays: IsHoliday[] = [NEVER]
  /** Of each: the minute that was asked for last, and its hour of the week. A list asks for one moment twenty times. */
  const minutes: number[] = [Number.NaN]
  const hours: number[] = [Number.NaN]

  function numberOf(row: number): number {
    const name = timeZoneAt(...place(row))
    const known = numbers.get(name)
    if (known !== undefined) return known
    const country = countryOfTimeZone(name)
    holidays.push(country === null ? NEVER : holidaysOf(country))
    minutes.push(Number.NaN)
    hours.push(Number.NaN)
    const made = offsets.push(zoneOffsets(name)) - 1
    numbers.set(name, made)
    return made
  }

  function grow(rows: number): void {
    zones = copyInto(new Uint16Array(rows), zones)
  }

  return {
    hourOfWeek(row, minute) {
      if (row >= zones.length) grow(Math.max(row + 1, zones.length * 2))
      if (zones[row] === 0) zones[row] = numberOf(row)
      const zone = zones[row]
      if (minutes[zone] !== minute) {
        const offset = offsets[zone](minute)
        hours[zone] = hourOfWeek(minute, offset, holidays[zone](localDay(minute, offset)))
        minutes[zone] = minute
      }
      return hours[zone]
    },
    moved(row) {
      if (row < zones.length) zones[row] = 0
    },
    reserve(rows) {
      if (rows > zones.length) grow(rows)
    },
  }
}
