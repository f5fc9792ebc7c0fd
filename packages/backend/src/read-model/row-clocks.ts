import { hourOfWeek, localDay, zoneOffsets } from '@kickstand/domain'
import { countryOfTimeZone } from '#platform/country.ts'
import type { HolidaysOf, IsHoliday } from '#platform/holidays.ts'
import { timeZoneAt } from '#platform/time-zone.ts'
import { copyInto } from './zone-bytes.ts'

/** Local time of each row. Time zones are looked up on first use. */
export type RowClocks = {
  /**
   * Hours since Monday 00:00 of the row's local week at a minute since the epoch; on public holidays those of a Sunday.
   */
  hourOfWeek(row: number, minute: number): number
  /** Call when a row has moved: its time zone may have changed. */
  moved(row: number): void
  /** Allocates capacity for so many rows. */
  reserve(rows: number): void
}

const NEVER: IsHoliday = () => false

/** `place` gives a row's latitude and longitude in degrees. A time zone has the public holidays of its country. */
export function createRowClocks(
  place: (row: number) => readonly [number, number],
  holidaysOf: HolidaysOf = () => NEVER,
): RowClocks {
  // Index in `offsets` by row; 0 for rows that were not looked up yet.
  let zoneOfRow = new Uint16Array(1024)
  const zoneNumbers = new Map<string, number>()
  const offsets: ((minute: number) => number)[] = [() => 0]
  const holidays: IsHoliday[] = [NEVER]
  /**
   * Of each time zone: the last minute requested, and its hour of the week. A list requests the same minute for all
   * rows.
   */
  const minutes: number[] = [Number.NaN]
  const hours: number[] = [Number.NaN]

  function numberOf(row: number): number {
    const name = timeZoneAt(...place(row))
    const known = zoneNumbers.get(name)
    if (known !== undefined) return known
    const country = countryOfTimeZone(name)
    holidays.push(country === null ? NEVER : holidaysOf(country))
    minutes.push(Number.NaN)
    hours.push(Number.NaN)
    const made = offsets.push(zoneOffsets(name)) - 1
    zoneNumbers.set(name, made)
    return made
  }

  function grow(rows: number): void {
    zoneOfRow = copyInto(new Uint16Array(rows), zoneOfRow)
  }

  return {
    hourOfWeek(row, minute) {
      if (row >= zoneOfRow.length) grow(Math.max(row + 1, zoneOfRow.length * 2))
      if (zoneOfRow[row] === 0) zoneOfRow[row] = numberOf(row)
      const zone = zoneOfRow[row]
      if (minutes[zone] !== minute) {
        const offset = offsets[zone](minute)
        hours[zone] = hourOfWeek(minute, offset, holidays[zone](localDay(minute, offset)))
        minutes[zone] = minute
      }
      return hours[zone]
    },
    moved(row) {
      if (row < zoneOfRow.length) zoneOfRow[row] = 0
    },
    reserve(rows) {
      if (rows > zoneOfRow.length) grow(rows)
    },
  }
}
