import type { ContributionState, Level, SensorObservation, Problem, ReportKind } from '@kickstand/domain'
import type { Generated, Kysely, Selectable, Transaction } from 'kysely'

/** Times are epoch milliseconds; flags are 0, 1 or null; JSON is text. All values are written by the application. */
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

export type ZonesTable = {
  id: string
  name: string | null
  lat: number
  lng: number
  outline: string | null
  capacity: number | null
  /** 1 for an estimated capacity, else null. */
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

/** The state of a zone's estimate after all observations up to `cut_at`, see `Checkpoint`. */
export type EstimatesTable = {
  zone_id: string
  cut_at: number
  capacity: number | null
  state: Uint8Array
  /** Number of its prior, 0 for none. */
  prior: number
}

/** What zones of a place have in common, see `ProfilePrior`. Numbers increase; the highest of a place is active. */
export type PriorsTable = {
  number: number
  /** See `row-priors.ts`. */
  place: number
  /** Zones that it was learned from. */
  zones: number
  /** Cutoff of the checkpoints that it was learned from. */
  cut_at: number
  /** `encodePrior`. */
  prior: Uint8Array
}

/** Two rows: the cutoff of the checkpoints, and that of the checkpoints that priors were last learned from. */
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
  /** Metres between reporter and zone; the reporter's position is never stored. */
  distance: number | null
  /** Accuracy of the reporter's position in metres. */
  accuracy: number | null
  over_capacity: number
  effect: 'estimate' | 'history' | 'none'
  /** Replay order, see `Observation`. */
  event_order: number
  /** Probability that it is an outlier, by the reporter's record when it arrived. */
  outlier_probability: number | null
  /** Keyed hash of the reporter's network, null for a network that many share; never an address. See `NetworkOf`. */
  network: string | null
  /** 1 if the reporter was trusted when it arrived. */
  trusted: number
  retracted_at: number | null
  /** SHA-256 of the rider and the Idempotency-Key; null if none was sent. */
  idempotency: string | null
  payload_hash: string
}

/** One row per event for consumers, in the same transaction as the change itself. */
export type EventsTable = {
  /** Id of the producer. */
  producer: string
  seq: number
  at: number
  type: string
  payload: string
}

/** The processes that have written events. */
export type EventProducersTable = {
  id: string
  started_at: number
}

/** The processes that read the events, see `createEventConsumer` and `pruneEvents`. */
export type EventConsumersTable = {
  id: string
  /** Incremented while the process lives. */
  heartbeat: number
  /** JSON of the number of the last event that it has read of each producer. */
  cursors: string
  /** Value of `heartbeat` at the last check, and the time of that. */
  judged_heartbeat: number
  judged_at: number
}

/** Generated once and kept, so that hashes made with them stay comparable. */
export type SecretsTable = { name: string; value: string }

/**
 * Scores of the forecasts of a zone on a day, as sums over the reports of that day, each compared with the forecast
 * made just before it. See `Score`.
 */
export type ScoresTable = {
  zone_id: string
  /** Days since the epoch, UTC. */
  day: number
  /** Minutes between forecast and report; 0 for now. */
  lead: number
  /** Reports that state whether a space was free, and the sum of their Brier scores. */
  chances: number
  brier: number
  /** Reports that state a number of bikes, the sum of their CRPS, and how many were in the 80 % interval. */
  shares: number
  crps: number
  covered: number
}

/** Position of a zone's last change in the order of all changes. */
export type ZoneChangesTable = {
  zone_id: string
  position: number
  at: number
}

/** One row: the last position. */
export type ZonePositionsTable = { id: number; position: number }

/** Readings that affect an estimate, or would if their sensor were plausible. Repeated values are not stored. */
export type ReadingsTable = {
  /** Replay order, together with `id`. */
  event_order: number
  id: string
  feed_id: string
  ref: string
  zone_id: string
  kind: SensorObservation['kind']
  count: number | null
  level: Level | null
  observed_at: number
  /** 0 if its sensor was frozen or implausible when it arrived. */
  counts: number
}

/** The sensors of each feed. */
export type SensorsTable = {
  feed_id: string
  ref: string
  zone_id: string
  /** Time of the newest reading. */
  last_at: number
  /** Time of the newest reading that counted, 0 for none. */
  counted_at: number
  /** Its last value as text, and the time when one of its readings was last stored. */
  value: string
  stored_at: number
  /** See `Spells`. */
  since_at: number
  spells: number
  longest: number
  /** Readings rejected since the last accepted one, time and reason of the last rejection. */
  rejected: number
  rejected_at: number | null
  error: string | null
  /** Since when it is frozen or implausible, else null. */
  frozen_at: number | null
  implausible_at: number | null
}

/** One channel of a feed: its zones (`static`) or its availability (`live`), which fail independently. */
export type FeedChannelsTable = {
  feed_id: string
  channel: 'static' | 'live'
  attempted_at: number
  succeeded_at: number | null
  /** Newest time in its data. */
  newest_at: number | null
  /** Failed attempts in a row, and the reason of the last. */
  failures: number
  error: string | null
  /** Of the last successful attempt. */
  rows_taken: number
  rows_rejected: number
  rows_impossible: number
  /** Zones in its recent data, and since when over a fifth of the earlier ones are missing. */
  zones: number
  lost_at: number | null
  frozen_at: number | null
  /** HTTP validators of each page, as JSON. */
  validators: string
}

/** Keys of senders of readings. The key itself is shown once and not stored. */
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

/** Batches of readings sent with an Idempotency-Key, and their responses. */
export type ReadingBatchesTable = { id: string; payload_hash: string; answer: string; received_at: number }

/** When each job is due, and its lease. */
export type JobsTable = { name: string; due_at: number; holder: string | null; lease_expires_at: number }

/** A value that riders contributed for a field of a zone. `field` is a `RiderField`, or `exists`. */
export type ContributionsTable = {
  id: string
  zone_id: string
  field: string
  /** JSON. */
  value: string
  /** The first rider who contributed it. */
  rider_id: string
  /** Position of the zone at that time, and its `matchCell`. */
  lat: number
  lng: number
  cell: number
  state: ContributionState
  agree: number
  created_at: number
  shown_at: number | null
  expires_at: number | null
  /** The last decision of a moderator, see `decisions`. */
  verdict: 'accepted' | 'rejected' | null
  decided_at: number | null
  reason: string | null
  /**
   * Of a removal: when it takes effect unless disputed, since when a limit holds it back, when riders last carried it
   * out.
   */
  due_at: number | null
  held_at: number | null
  removed_at: number | null
}

/** What one rider contributed for one field of one zone. */
export type ContributionVotesTable = {
  zone_id: string
  /** As in `contributions`; `unsure FIELD` for a rider who cannot tell, `later` for one who postponed the question. */
  field: string
  rider_id: string
  /** JSON; null for no value. */
  value: string | null
  /** For moderators only. */
  note: string | null
  first_at: number
  last_at: number
  /** 1 within reach of the zone, 0 not, null without a position. */
  within_reach: number | null
  network: string | null
  trusted: number
  /** 1 if the rider had a record (`hasRecord`) at the time; null if it was not checked. */
  record: number | null
  /** When a moderator undid it: it no longer counts and is kept as evidence. */
  undone_at: number | null
}

export type PhotosTable = {
  id: string
  zone_id: string
  rider_id: string
  state: 'pending' | 'cleared' | 'rejected'
  /** Perceptual hash, hexadecimal. */
  perceptual_hash: string
  /** An earlier, similar photo of the zone. */
  duplicate_of: string | null
  width: number
  height: number
  /** WebP without metadata; null once rejected. */
  image: Uint8Array | null
  created_at: number
  decided_at: number | null
  reason: string | null
  /** Keyed hash of the network of the sender; null if unknown. */
  network: string | null
}

/** Responses to riders' writes with an Idempotency-Key. */
export type RiderWritesTable = {
  id: string
  rider_id: string
  payload_hash: string
  answer: string
  received_at: number
}

/**
 * All decisions of moderators, never changed. `subject` is `contribution:ID`, `photo:ID`, `match:ID`, or `rider:ID` or
 * `network:ID` for an undo.
 */
export type DecisionsTable = {
  id: string
  subject: string
  verdict: string
  decided_by: string
  reason: string | null
  at: number
}

/** Notices of servers for the operator, shown by `doctor`. The newest of each name. */
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
/** A connection, in a transaction or not: for reads. */
export type DbReader = Db | Tx
