import type { Kysely, Selectable, Transaction } from 'kysely'

/** One row per event, written in the same transaction as the change that it announces. */
export type EventsTable = {
  /** Id of the producer. */
  producer: string
  /** Number of the event, ascending within its producer. */
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

/** The processes that read the events: see `createEventConsumer` and `pruneEvents`. */
export type EventConsumersTable = {
  id: string
  /** A counter that the process increments every minute. */
  heartbeat: number
  /** JSON object: for each producer, the `seq` of its last event that the process has read. */
  cursors: string
  /** The `heartbeat` that the last check for dead consumers found, and the time of that check. */
  judged_heartbeat: number
  judged_at: number
}

/** Secrets of the service. They never change, so that hashes made with them stay comparable. */
export type SecretsTable = { name: string; value: string }

/** Position of a zone's last change in the order of all changes. */
export type ZoneChangesTable = {
  zone_id: string
  position: number
  at: number
}

/** A single row with the last position. */
export type ZonePositionsTable = { id: number; position: number }

/** Notices from servers to the operator, shown by `kickstand doctor`: for each name the newest. */
export type NoticesTable = { name: string; at: number; detail: string }

/**
 * The tables of the database. Each folder adds the ones that it owns in its `tables.ts`: this folder must not import
 * the features. Times are epoch milliseconds; flags are 0, 1 or null; JSON is text. All values are written by the
 * application.
 */
export interface Schema {
  events: EventsTable
  event_producers: EventProducersTable
  event_consumers: EventConsumersTable
  zone_changes: ZoneChangesTable
  zone_positions: ZonePositionsTable
  secrets: SecretsTable
  notices: NoticesTable
  schema_migrations: { number: number; name: string; applied_at: number }
}

/** A row of a table, as selected. */
export type Row<T extends keyof Schema> = Selectable<Schema[T]>

export type Db = Kysely<Schema>
export type Tx = Transaction<Schema>
/** A connection, in a transaction or not: for reads. */
export type DbReader = Db | Tx
