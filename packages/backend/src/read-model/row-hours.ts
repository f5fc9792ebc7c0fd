import type { HoursState } from '@kickstand/domain'
import { copyInto } from './zone-bytes.ts'

/** Parsed opening hours of a place. */
export type Hours = {
  /**
   * The state at `time` and the time of the next change within about a week. Never throws; unreadable text is
   * `unknown`.
   */
  at(time: number): { readonly state: HoursState; readonly until: number | null }
  /** Whether the place is known to be closed at `time` (epoch milliseconds). Never throws. */
  isClosed(time: number): boolean
}

/** Parses the opening hours of a place; null if it never closes or the text cannot be parsed. */
export type ReadHours = (openingHours: string, lat: number, lng: number) => Hours | null

/** The opening hours of rows. Most zones have none, which costs one array read. */
export type RowHours = {
  set(row: number, openingHours: string | null, lat: number, lng: number): void
  has(row: number): boolean
  isClosed(row: number, time: number): boolean
  /** Allocates capacity for so many rows. */
  reserve(rows: number): void
}

/** No hours yet: no row is closed. */
export function createRowHours(readHours: ReadHours): RowHours {
  /** Index in `known` plus one; 0 for none. Zones with the same hours share an entry. */
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
