import type { Area, LngLat, Outline, RejectedRow, VehicleRules } from '@kickstand/domain'

/** A point, an area or a line, longitude first. Before reprojection the figures may be metres of a city grid. */
export type Geometry = { readonly type: 'Point'; readonly coordinates: LngLat } | Outline

/**
 * One object of a file as it stands there, whatever the format: its own id if it has one, its fields by name, its shape.
 * `where` names it to a person: "line 12", "feature 3", "way/835609344".
 */
export type FeedRow = {
  readonly where: string
  readonly id: string | null
  readonly fields: Readonly<Record<string, unknown>>
  readonly geometry: Geometry | null
  /** Who may park here, where the object itself says more than its profile. */
  readonly vehicles?: Partial<VehicleRules>
}

/**
 * What a reader gives. A file that breaks off is no exception: its rows come first, then an `end` that says that it is not
 * complete. `coverage` is the area that the file speaks for, where it says so.
 */
export type FeedItem =
  | { readonly type: 'row'; readonly row: FeedRow }
  | {
      readonly type: 'rejected'
      readonly row: RejectedRow
      readonly ref?: string
      /** What could be read of it, to tell by it which object it is. */
      readonly remains?: FeedRow
      /** What stands there. */
      readonly text?: string
    }
  | { readonly type: 'warning'; readonly row: RejectedRow }
  /** A place without motorcycle spaces, or without figures of them: no fault. */
  | { readonly type: 'left-out'; readonly row: RejectedRow }
  | {
      readonly type: 'end'
      readonly complete: boolean
      readonly note: string | null
      readonly coverage: Area | null
    }

export type FeedItems = AsyncGenerator<FeedItem, void, undefined>

/** The end of a file that was read to its end. */
export const WHOLE: FeedItem = { type: 'end', complete: true, note: null, coverage: null }

/** The end of a file that broke off, or was damaged past recovery. */
export function brokenOff(note: string): FeedItem {
  return { type: 'end', complete: false, note, coverage: null }
}
