import type { Level } from '../reports/report.ts'
import type { Vehicle } from '../vehicles/vehicle.ts'
import { readNumber, readText } from '../zones/read-values.ts'
import type { RejectedRow, SnapshotEnd } from '../zones/source-zone.ts'

/**
 * What a machine says of a zone's motorcycle spaces: how many are free or taken, only whether there is one, or a word. The
 * feed's own figures, not held against the zone's capacity yet.
 */
export type ReadingValue =
  | { readonly kind: 'free'; readonly count: number }
  | { readonly kind: 'occupied'; readonly count: number }
  | { readonly kind: 'flag'; readonly available: boolean }
  | { readonly kind: 'band'; readonly level: Level }

/** One zone in one answer of a live feed. */
export type SourceReading = {
  /** What the source calls the zone: the `ref` of its static zone. */
  readonly ref: string
  /** Null where the feed has the zone and does not know it now: a sentinel (-1, -9, 9999), an empty field, a dead sensor. */
  readonly value: ReadingValue | null
  /** The vehicle whose spaces these are: `motorcycle` where the feed does not tell them apart, never a car's. */
  readonly vehicle: Vehicle
  /** Motorcycle spaces as the live feed states them; null where it does not. */
  readonly capacity: number | null
  /** Whether the zone is shut now; null where the feed does not say. */
  readonly closed: boolean | null
  /** When it was so, in epoch milliseconds, from the feed's own time and zone; null where it gives none that can be read. */
  readonly at: number | null
}

/**
 * One thing that a live feed tells. `rejected`: a row that cannot be read, with its reference if it has one. `leftOut`: a
 * place without motorcycle figures, which is no fault.
 */
export type ReadingRow =
  | { readonly reading: SourceReading }
  | { readonly rejected: RejectedRow; readonly ref?: string }
  | { readonly leftOut: RejectedRow }
  | { readonly end: Pick<SnapshotEnd, 'complete' | 'note'> }

/** Figures that feeds write for "not known": negative ones, and nines that no motorcycle parking has. */
const NINES = 9999

/**
 * A number of spaces in a live feed, zero and up. Sentinels are null, which is unknown; `undefined` is for what is no number
 * of spaces at all (1.5, true, "full") and makes the row a rejected one.
 */
export function readSpaces(value: unknown): number | null | undefined {
  if (typeof value === 'boolean') return undefined
  const text = readText(value)
  if (text === null) return value === null || value === undefined || typeof value === 'string' ? null : undefined
  const number = readNumber(text)
  if (number === null || !Number.isInteger(number)) return undefined
  return number < 0 || number >= NINES ? null : number
}
