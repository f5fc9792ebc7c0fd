import type { Area, LngLat, Outline, RejectedRow, VehicleRules } from '@kickstand/domain'

/** A point, an area or a line, longitude first. Before reprojection the coordinates may be metres of a city grid. */
export type Geometry = { readonly type: 'Point'; readonly coordinates: LngLat } | Outline

/**
 * One object of a file as read, in any format: its own id if it has one, its fields by name, its geometry. `where`
 * locates it for a person: "line 12", "feature 3", "way/835609344".
 */
export type FeedRow = {
  readonly where: string
  readonly id: string | null
  readonly fields: Readonly<Record<string, unknown>>
  readonly geometry: Geometry | null
  /** Which vehicles may park here, where the object is more specific than its profile. */
  readonly vehicles?: Partial<VehicleRules>
}

/**
 * An item of a format reader. A truncated file does not throw: its rows come first, then an `end` with `complete:
 * false`. `coverage` is the area that the file covers, where it states one.
 */
export type FeedItem =
  | { readonly type: 'row'; readonly row: FeedRow }
  | {
      readonly type: 'rejected'
      readonly row: RejectedRow
      readonly ref?: string
      /** The readable parts of the row, to identify the object. */
      readonly remains?: FeedRow
      /** The row's text. */
      readonly text?: string
    }
  | { readonly type: 'warning'; readonly row: RejectedRow }
  /** A place without motorcycle spaces, or without their number. Not an error. */
  | { readonly type: 'left-out'; readonly row: RejectedRow }
  | {
      readonly type: 'end'
      readonly complete: boolean
      readonly note: string | null
      readonly coverage: Area | null
    }

export type FeedItems = AsyncGenerator<FeedItem, void, undefined>

/** The end of a complete file. */
export const COMPLETE_END: FeedItem = { type: 'end', complete: true, note: null, coverage: null }

/** The end of a file that is truncated, or too damaged to go on. */
export function truncatedEnd(note: string): FeedItem {
  return { type: 'end', complete: false, note, coverage: null }
}
