import type { ContributionState, Level, MachineSays, Problem, ReportKind } from '@kickstand/domain'
import type { Generated, Kysely, Selectable, Transaction } from 'kysely'

/** Times are epoch milliseconds; flags are 0, 1 or null; JSON is text. Written by the application, never by the engine. */
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
  /** Metres; null for the usual. */
  match_distance: Generated<number | null>
  /** Of the zones that the newest snapshots lack and that were kept, and how many newer ones in a row lacked them. */
  doubt_print: Generated<string | null>
  doubted: Generated<number>
}

/** A row of `sources` as it is read. */
export type SourceRow = Selectable<SourcesTable>

export type ZonesTable = {
  id: string
  name: string | null
  lat: number
  lng: number
  outline: string | null
  capacity: number | null
  /** 1 where the capacity was worked out and not counted, else null. */
  capacity_estimated: number | null
  kind: string | null
  vehicles: string
  access: string | null
  fee: string | null
  fee_note: string | null
  covered: number | null
  lit: number | null
  surveillance: number | null
  anchors: number | null
  surface: string | null
  operator: string | null
  opening_hours: string | null
  sign_text: string | null
  max_stay: number | null
  charging: number | null
  access_conditional: string | null
  fee_conditional: string | null
  max_stay_conditional: string | null
  status: string
  created_at: number
  updated_at: number
  /** The zone that this one turned out to be; it is then retired, and its id leads there. */
  merged_into: Generated<string | null>
  /** Until when riders or moderators say that it cannot be used. */
  blocked_until: Generated<number | null>
}

export type ZoneRow = Selectable<ZonesTable>

/**
 * What each source calls a zone and says of it, and since when. A zone's own row is made from these (`mergeFacts`); what a source
 * says is never written over by another.
 */
export type ZoneSourcesTable = {
  source_id: string
  ref: string
  zone_id: string
  /** Of the facts as this source gave them: an unchanged row is not written again. */
  fingerprint: string
  /** When it last said something new. */
  seen_at: number
  missing_since: number | null
  /** `Partial<ZoneFacts>` as JSON, unknown ones left out. */
  facts: Generated<string | null>
  /** JSON of `FactEntry['sinceOf']`: fields that changed after `first_seen_at`. */
  field_changed_at: Generated<string | null>
  /** Where it says that the zone is, and the cell of that place (`matchCell`); null for who tells no place. */
  lat: Generated<number | null>
  lng: Generated<number | null>
  cell: Generated<number | null>
  capacity: Generated<number | null>
  /** Whether the source lists it still: a zone stands while any source does. */
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
 * What a source calls an entry now, where that is not the `ref` that the entry was first known by. An entry with a row here is not known
 * by its `ref` any more: the source may have given that to another place.
 */
export type EntryNamesTable = { source_id: string; name: string; ref: string }

/** The last change of a source as a whole, which can be taken back. */
export type SourceChangesTable = {
  source_id: string
  kind: 'import' | 'removal'
  /** `open`: under way, or cut short. */
  state: 'open' | 'done' | 'undone'
  started_at: number
  ended_at: number | null
}

/** Entries as they were before that change: JSON of the row and its name; null where there was none. */
export type EntriesBeforeTable = { source_id: string; ref: string; entry: string | null }

/** Two entries that may be one zone: waiting for a human's word, or with it. The first is the lesser by source and reference. */
export type MatchReviewsTable = {
  id: string
  source_a: string
  ref_a: string
  source_b: string
  ref_b: string
  score: number | null
  /** JSON of `MatchReason[]`, as they were when it was put on the list. */
  reasons: string
  state: 'open' | 'merged' | 'split'
  created_at: number
  decided_by: string | null
  decided_at: number | null
}

export type RidersTable = {
  id: string
  created_at: number
  /** Faded sums of evidence, see `TrustColumns`. */
  trust_honest: Generated<number>
  trust_outlier: Generated<number>
  /** Different days (UTC) on which a report was confirmed, see `RiderHistory`, and the last of them since the epoch. */
  record_days: Generated<number>
  record_day: Generated<number>
}

/** What was known of a zone after all observations up to `cut_at`, see `Checkpoint`. */
export type EstimatesTable = {
  zone_id: string
  cut_at: number
  capacity: number | null
  state: Uint8Array
  /** The pool that it rests on, 0 for none. */
  prior: number
}

/** What zones of a place have in common, see `ProfilePrior`. Numbers grow; the highest of a place is in force. */
export type PriorsTable = {
  number: number
  /** See `row-pools.ts`. */
  place: number
  /** Zones that it was learned from. */
  zones: number
  /** Of the checkpoints that it was learned from. */
  cut_at: number
  /** `encodePrior`. */
  prior: Uint8Array
}

/** Two rows: the moment up to which all zones have their checkpoints, and that of the checkpoints that pools were last learned from. */
export type EstimateCutsTable = { id: number; cut_at: number }

export type ReportsTable = {
  id: string
  zone_id: string
  rider_id: string
  kind: ReportKind
  count: number | null
  level: Level | null
  problem: Problem | null
  observed_at: number
  received_at: number
  /** Metres between reporter and zone; the reporter's point is never kept. */
  distance: number | null
  /** Metres by which the reporter's position was unsure. */
  accuracy: number | null
  over_capacity: number
  effect: 'estimate' | 'history' | 'none'
  /** Place in the order of folding, see `Observation`. */
  event_order: number
  /** Probability that it tells nothing, as held of the reporter when it came. */
  outlier_probability: number | null
  /** Keyed hash of the network it came from, null where that says nothing; never an address. See `NetworkOf`. */
  network: string | null
  /** 1 where the reporter had a record of honest reports when it came. */
  trusted: number
  retracted_at: number | null
  /** SHA-256 of who and their Idempotency-Key; null where none was sent. */
  idempotency: string | null
  payload_hash: string
}

/** One row per thing that readers must hear of, in the same transaction as the thing itself. */
export type EventsTable = {
  writer: string
  seq: number
  at: number
  type: string
  payload: string
}

/** Every process that has written events. */
export type EventProducersTable = {
  id: string
  started_at: number
}

/** A process that follows the events, see `createReader` and `pruneEvents`. */
export type EventConsumersTable = {
  id: string
  /** Counted up while it lives. */
  heartbeat: number
  /** JSON of the last number that it has read of each writer. */
  cursors: string
  /** What `heartbeat` was when it was last looked at, and when that was. */
  judged_heartbeat: number
  judged_at: number
}

/** Made once and kept: what is hashed with one must be hashed to the same for ever. */
export type SecretsTable = { name: string; value: string }

/**
 * How good the forecasts of a zone were on a day, as sums over the reports of that day, each held against the forecast made
 * just before it. See `Score`.
 */
export type ScoresTable = {
  zone_id: string
  /** Days since the epoch, UTC. */
  day: number
  /** Minutes that the forecast was made ahead of the report; 0 for now. */
  lead: number
  /** Reports that say whether a space was free, and the sum of their Brier scores. */
  chances: number
  brier: number
  /** Reports that say how many bikes there were, the sum of their CRPS, and how many lay in the 80 % range. */
  shares: number
  crps: number
  covered: number
}

/** Where a zone's last change stands in the order of all. */
export type ZoneChangesTable = {
  zone_id: string
  position: number
  at: number
}

/** One row: the last position given. */
export type ZonePositionsTable = { id: number; position: number }

/** A reading that moves an estimate, or would if its sensor were believed. What a sensor said again and again is not here. */
export type ReadingsTable = {
  /** Place in the order of folding, with `id`. */
  event_order: number
  id: string
  feed_id: string
  ref: string
  zone_id: string
  kind: MachineSays['kind']
  count: number | null
  level: Level | null
  observed_at: number
  /** 0 where its sensor stood still or lied when it came. */
  counts: number
}

/** What is known of each machine of a feed. */
export type SensorsTable = {
  feed_id: string
  ref: string
  zone_id: string
  /** Newest time that it spoke of; newest that counted, 0 where none did. */
  last_at: number
  counted_at: number
  /** Its last value as text, and when a reading of it was last stored. */
  value: string
  stored_at: number
  /** See `Spells`. */
  since_at: number
  spells: number
  longest: number
  /** Readings refused since the last that was taken, when the last was and why. */
  rejected: number
  rejected_at: number | null
  error: string | null
  /** Since when it stands still or lies; null where it does not. */
  frozen_at: number | null
  implausible_at: number | null
}

/** One channel of a feed: its zones (`static`) or its figures (`live`), which fail apart. */
export type FeedChannelsTable = {
  feed_id: string
  channel: 'static' | 'live'
  attempted_at: number
  succeeded_at: number | null
  /** Newest time that it spoke of. */
  newest_at: number | null
  /** Attempts that failed in a row, and why the last did. */
  failures: number
  error: string | null
  /** Of the last attempt that succeeded. */
  rows_taken: number
  rows_rejected: number
  rows_impossible: number
  /** Zones that it spoke of lately, and since when over a fifth of those before are gone. */
  zones: number
  lost_at: number | null
  frozen_at: number | null
  /** What the server said of each page that it sent, as JSON. */
  validators: string
}

/** Keys that readings are sent with. The key itself is shown once and not kept. */
export type FeedKeysTable = {
  id: string
  feed_id: string
  /** SHA-256, base64url. */
  hash: string
  label: string
  created_at: number
  used_at: number | null
  revoked_at: number | null
}

/** Batches of readings that were sent under an Idempotency-Key, and what they were answered. */
export type ReadingBatchesTable = { id: string; payload_hash: string; answer: string; received_at: number }

/** When each job is due, and who runs it now. */
export type JobsTable = { name: string; due_at: number; holder: string | null; lease_expires_at: number }

/** Something that riders say of a zone and that is shown, or may be. `field` is a `RiderField`, or `exists`. */
export type ContributionsTable = {
  id: string
  zone_id: string
  field: string
  /** JSON. */
  value: string
  /** Who said it first. */
  rider_id: string
  /** Where the zone was then, and its `matchCell`. */
  lat: number
  lng: number
  cell: number
  state: ContributionState
  agree: number
  created_at: number
  shown_at: number | null
  expires_at: number | null
  /** What a moderator said last, see `decisions`. */
  verdict: 'accepted' | 'rejected' | null
  decided_at: number | null
  reason: string | null
  /** Of a removal: when it takes effect unless disputed, since when a limit holds it back, when riders last carried it out. */
  due_at: number | null
  held_at: number | null
  removed_at: number | null
}

/** What one rider says of one field of one zone. */
export type ContributionVotesTable = {
  zone_id: string
  /** As in `contributions`; `unsure FIELD` for one who cannot tell, `later` for one who would not be asked now. */
  field: string
  rider_id: string
  /** JSON; null where it says nothing of the field. */
  value: string | null
  /** For moderators only. */
  note: string | null
  first_at: number
  last_at: number
  /** 1 within reach of the zone, 0 not, null where the position was not told. */
  within_reach: number | null
  network: string | null
  trusted: number
  /** 1 where the rider had a record (`hasRecord`) when they said so; null where it was not asked. */
  record: number | null
  /** When a moderator took it back: it counts no more and is kept as evidence. */
  undone_at: number | null
}

export type PhotosTable = {
  id: string
  zone_id: string
  rider_id: string
  state: 'pending' | 'cleared' | 'rejected'
  /** Perceptual hash, hexadecimal. */
  perceptual_hash: string
  /** An earlier photo of the zone that shows the same. */
  duplicate_of: string | null
  width: number
  height: number
  /** WebP without metadata; null once rejected. */
  image: Uint8Array | null
  created_at: number
  decided_at: number | null
  reason: string | null
  /** Of the network that it came from; null where it is not known. */
  network: string | null
}

/** What riders' writes under an Idempotency-Key were answered. */
export type RiderWritesTable = {
  id: string
  rider_id: string
  payload_hash: string
  answer: string
  received_at: number
}

/** Every decision of a moderator, never changed. `subject` is `contribution:ID`, `photo:ID`, `match:ID`, or `rider:ID` or `network:ID` that was undone. */
export type DecisionsTable = {
  id: string
  subject: string
  verdict: string
  decided_by: string
  reason: string | null
  at: number
}

/** What servers have noticed and whoever runs them should know, for `doctor`. The newest of each name. */
export type NoticesTable = { name: string; at: number; detail: string }

export type Schema = {
  sources: SourcesTable
  zones: ZonesTable
  zone_sources: ZoneSourcesTable
  snapshot_dates: SnapshotDatesTable
  entry_names: EntryNamesTable
  source_changes: SourceChangesTable
  entries_before: EntriesBeforeTable
  match_reviews: MatchReviewsTable
  riders: RidersTable
  reports: ReportsTable
  estimates: EstimatesTable
  estimate_cuts: EstimateCutsTable
  priors: PriorsTable
  scores: ScoresTable
  secrets: SecretsTable
  events: EventsTable
  event_producers: EventProducersTable
  event_consumers: EventConsumersTable
  zone_changes: ZoneChangesTable
  zone_positions: ZonePositionsTable
  readings: ReadingsTable
  sensors: SensorsTable
  feed_channels: FeedChannelsTable
  feed_keys: FeedKeysTable
  reading_batches: ReadingBatchesTable
  jobs: JobsTable
  contributions: ContributionsTable
  contribution_votes: ContributionVotesTable
  photos: PhotosTable
  rider_writes: RiderWritesTable
  decisions: DecisionsTable
  notices: NoticesTable
  schema_migrations: { number: number; name: string; applied_at: number }
}

export type Db = Kysely<Schema>
export type Tx = Transaction<Schema>
/** A connection, in a transaction or not: for reads that do not care. */
export type DbReader = Db | Tx
