import type { Level } from '../reports/report.ts'
import type { Vehicle } from '../vehicles/vehicle.ts'
import { readNumber, readText } from '../zones/read-values.ts'
import type { RejectedRow, SnapshotEnd } from '../zones/source-zone.ts'

/**
 * The value of a feed for a zone's motorcycle spaces: the number of free or occupied spaces, whether there is a free one, or a
 * level. Not compared with the zone's capacity yet.
 */
export type ReadingValue =
  | { readonly kind: 'free'; readonly count: number }
  | { readonly kind: 'occupied'; readonly count: number }
  | { readonly kind: 'flag'; readonly available: boolean }
  | { readonly kind: 'band'; readonly level: Level }

/** One zone in one response of a live feed. */
export type SourceReading = {
  /** The source's id of the zone: the `ref` of its static zone. */
  readonly ref: string
  /** Null where the feed has the zone without a value: a sentinel (-1, -9, 9999), an empty field, a dead sensor. */
  readonly value: ReadingValue | null
  /** The kind of vehicle for the spaces: `motorcycle` where the feed does not distinguish kinds; never cars. */
  readonly vehicle: Vehicle
  /** Motorcycle spaces as the live feed states them; null where it does not. */
  readonly capacity: number | null
  /** Whether the zone is closed now; null where the feed does not state it. */
  readonly closed: boolean | null
  /** Time of the value in epoch milliseconds, by the feed's own time and time zone; null where it has none that can be parsed. */
  readonly at: number | null
}

/**
 * One row of a live feed. `rejected`: a row that cannot be parsed, with its reference if it has one. `leftOut`: a place without
 * motorcycle figures, which is not an error.
 */
export type ReadingRow =
  | { readonly reading: SourceReading }
  | { readonly rejected: RejectedRow; readonly ref?: string }
  | { readonly leftOut: RejectedRow }
  | { readonly end: Pick<SnapshotEnd, 'complete' | 'note'> }

/** Feeds write negative figures or nines (9999) for "not known"; no motorcycle parking has so many spaces. */
const MIN_SENTINEL = 9999

/**
 * Parses a number of spaces in a live feed. Sentinels are null, which means unknown. Anything else that is not a number of spaces
 * (1.5, true, "full") is `undefined`; the row is then rejected.
 */
export function readSpaces(value: unknown): number | null | undefined {
  if (typeof value === 'boolean') return undefined
  const text = readText(value)
  if (text === null) return value === null || value === undefined || typeof value === 'string' ? null : undefined
  const number = readNumber(text)
  if (number === null || !Number.isInteger(number)) return undefined
  return number < 0 || number >= MIN_SENTINEL ? null : number
}
