import type { HoursState } from '@kickstand/domain'
import { copyInto } from './zone-bytes.ts'

/** When a place is closed. */
export type Hours = {
  /** What the text says of a time, and the next change within a week or so. Never throws: what cannot be read is unknown. */
  at(time: number): { readonly state: HoursState; readonly until: number | null }
  /** Whether it is known to be closed at `time` (epoch milliseconds). Never throws. */
  isClosed(time: number): boolean
}

/** Reads opening hours of a place; null where it never closes, or where the hours cannot be told from the text. */
export type ReadHours = (openingHours: string, lat: number, lng: number) => Hours | null

/** The opening hours of rows. Most zones have none and cost one look at a column. */
export type RowHours = {
  set(row: number, openingHours: string | null, lat: number, lng: number): void
  has(row: number): boolean
  isClosed(row: number, time: number): boolean
  /** Makes room for so many rows at once. */
  reserve(rows: number): void
}

export function createRowHours(readHours: ReadHours): RowHours {
  /** Place in `known` plus one; 0 for none. Zones with the same hours share them. */
  let hoursOf = new Uint32Array(1024)
  const known: Hours[] = []
  const places = new Map<Hours, number>()

  function placeOf(hours: Hours): number {
    const place = places.get(hours) ?? known.push(hours)
    places.set(hours, place)
    return place
  }

  return {
    set(row, openingHours, lat, lng) {
      const hours = openingHours === null ? null : readHours(openingHours, lat, lng)
      if (row >= hoursOf.length) hoursOf = copyInto(new Uint32Array(Math.max(row + 1, hoursOf.length * 2)), hoursOf)
      hoursOf[row] = hours === null ? 0 : placeOf(hours)
    },
    has: (row) => hoursOf[row] > 0,
    isClosed(row, time) {
      const place = hoursOf[row]
      return place > 0 && known[place - 1].isClosed(time)
    },
    reserve(rows) {
      if (rows > hoursOf.length) hoursOf = copyInto(new Uint32Array(rows), hoursOf)
    },
  }
}
