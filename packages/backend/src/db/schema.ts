import type { Kysely, Selectable, Transaction } from 'kysely'

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

/** Position of a zone's last change in the order of all changes. */
export type ZoneChangesTable = {
  zone_id: string
  position: number
  at: number
}

/** One row: the last position. */
export type ZonePositionsTable = { id: number; position: number }

/** Notices of servers for the operator, shown by `doctor`. The newest of each name. */
export type NoticesTable = { name: string; at: number; detail: string }

/**
 * The tables of the database. Each folder adds the ones that it owns in its `tables.ts`: this folder must not import the
 * features. Times are epoch milliseconds; flags are 0, 1 or null; JSON is text. All values are written by the
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
