import type { Generated, Selectable } from 'kysely'
import type { FactColumns } from '#db/fact-columns.ts'

export type SourcesTable = {
  id: string
  name: string
  licence: string
  licence_url: string | null
  attribution: string
  url: string | null
  simulated: number
  /** Zones and known spaces in the newest complete snapshot. */
  zones: number
  spaces: number
  imported_at: number | null
  /** `SourceTrust`. */
  trust: Generated<string>
  /** JSON of `FactEntry['fieldTrust']`. */
  field_trust: Generated<string | null>
  /** Metres; null for the default. */
  match_distance: Generated<number | null>
  /**
   * Fingerprint of the zones that the newest snapshots lack and that were kept, and how many snapshots in a row lacked
   * them.
   */
  doubt_print: Generated<string | null>
  doubted: Generated<number>
}

/** A row of `sources` as selected. */
export type SourceRow = Selectable<SourcesTable>

/** The facts of zones, and what is not in the table of fields. */
export type ZonesTable = FactColumns & {
  id: string
  lat: number
  lng: number
  /** GeoJSON. */
  outline: string | null
  /** 1 for an estimated capacity, else null. */
  capacity_estimated: number | null
  /** JSON of `VehicleRules`. */
  vehicles: string
  status: string
  created_at: number
  updated_at: number
  /** The zone that this one was merged into; it is then retired, and its id redirects there. */
  merged_into: Generated<string | null>
  /** Time until which riders or moderators say that it cannot be used. */
  blocked_until: Generated<number | null>
}

export type ZoneRow = Selectable<ZonesTable>

/**
 * The entry of each source for a zone, and since when. A zone's own row is derived from these (`mergeFacts`); no source
 * overwrites the claims of another.
 */
export type ZoneSourcesTable = {
  source_id: string
  ref: string
  zone_id: string
  /** Of the facts of this source: an unchanged row is not written again. */
  fingerprint: string
  /** Time of its last change. */
  seen_at: number
  missing_since: number | null
  /** `Partial<ZoneFacts>` as JSON, without unknown fields. */
  facts: Generated<string | null>
  /** JSON of `FactEntry['sinceOf']`: fields that changed after `first_seen_at`. */
  field_changed_at: Generated<string | null>
  /** Its position of the zone, and the cell of that (`matchCell`); null for a source without positions. */
  lat: Generated<number | null>
  lng: Generated<number | null>
  cell: Generated<number | null>
  capacity: Generated<number | null>
  /** Whether the source still lists it: a zone exists while any source lists it. */
  status: Generated<string>
  first_seen_at: Generated<number>
  /** The date stated in the first file that listed it; null where the file states none. */
  first_document_date: Generated<number | null>
}

/** Imported files with the dates stated in them and the areas that they cover (null for all). */
export type SnapshotDatesTable = {
  id: string
  source_id: string
  document_date: number | null
  imported_at: number
  /** 0 where the file was truncated. */
  complete: number
  west: number | null
  south: number | null
  east: number | null
  north: number | null
}

/**
 * The current name of an entry at its source, if it differs from the `ref` under which the entry was first imported.
 * Such an entry is no longer found by its `ref`: the source may have given that to another place.
 */
export type EntryNamesTable = { source_id: string; name: string; ref: string }

/** The last change of a source as a whole, which can be undone. */
export type SourceChangesTable = {
  source_id: string
  kind: 'import' | 'removal'
  /** `open`: running, or interrupted. */
  state: 'open' | 'done' | 'undone'
  started_at: number
  ended_at: number | null
}

/** Entries as they were before that change: JSON of the row and its name; null where there was none. */
export type EntriesBeforeTable = { source_id: string; ref: string; entry: string | null }

/** Two entries that may be one zone, and a moderator's decision. The first is the lesser by source and reference. */
export type MatchReviewsTable = {
  id: string
  source_a: string
  ref_a: string
  source_b: string
  ref_b: string
  score: number | null
  /** JSON of `MatchReason[]` at the time of listing. */
  reasons: string
  state: 'open' | 'merged' | 'split'
  created_at: number
  decided_by: string | null
  decided_at: number | null
}

declare module '#db/schema.ts' {
  interface Schema {
    sources: SourcesTable
    zones: ZonesTable
    zone_sources: ZoneSourcesTable
    snapshot_dates: SnapshotDatesTable
    entry_names: EntryNamesTable
    source_changes: SourceChangesTable
    entries_before: EntriesBeforeTable
    match_reviews: MatchReviewsTable
  }
}
