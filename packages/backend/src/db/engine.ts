import { DomainError } from '@kickstand/domain'
import type { CreateTableBuilder, Dialect, InsertQueryBuilder, InsertResult, Kysely } from 'kysely'
import type { Lookup, RowInsert } from './row-inserts.ts'
import type { Db, Row, Schema } from './schema.ts'

/**
 * The differences between the database engines, as properties. All other code is shared. The two values of this type
 * are in `dialects/`, and a check keeps the engines' names out of every other folder.
 */
export type Engine = {
  /** For logs and `doctor`, without secrets. */
  readonly label: string
  readonly dialect: Dialect
  /** A dialect without statement time limit, for long operations; null if the engine has no limit. */
  readonly dialectWithoutTimeout: Dialect | null
  /** True where every process shares one file, so that a commit by another process is cheap to notice. */
  readonly embedded: boolean
  /** The folder of the data on this machine; null where there is none: in memory, or on a server. */
  readonly folder: string | null
  /** The server's clock in epoch milliseconds, to the second; null for an engine without a server. */
  readonly readTime: ((db: Kysely<Schema>) => Promise<number>) | null
  /** False for a file that has not been created yet. */
  isThere(): boolean
  /** Storage options after a table's columns. */
  tableOptions<T extends string, C extends string>(table: CreateTableBuilder<T, C>): CreateTableBuilder<T, C>
  /** Drops an index, if it exists. */
  dropIndex(db: Kysely<Schema>, table: string, index: string): Promise<void>
  /** An insert that skips existing rows. */
  ignoringDuplicates<T extends keyof Schema>(
    query: InsertQueryBuilder<Schema, T, InsertResult>,
  ): InsertQueryBuilder<Schema, T, InsertResult>
  /**
   * Inserts rows in one durable transaction, unless there are rows that match `unless`: then nothing is inserted and
   * these are returned. `onWritten` is called when only the commit is left to do; an error before that means that
   * nothing was stored.
   */
  insertUnless<T extends keyof Schema>(
    db: Db,
    unless: Lookup<T>,
    inserts: readonly RowInsert[],
    onWritten: () => void,
  ): Promise<readonly Row<T>[]>
  /** Runs `work` while no other process migrates. `check`, to be called between steps, throws if the lock was lost. */
  withMigrationLock(
    db: Kysely<Schema>,
    work: (db: Kysely<Schema>, check: () => Promise<void>) => Promise<void>,
  ): Promise<void>
  /** Settings of the engine that can cause data loss or failures, one line each with the consequence. */
  findWeaknesses(db: Kysely<Schema>): Promise<readonly string[]>
  /**
   * On a cluster, waits until this process's node has applied everything committed before the call; else returns at
   * once.
   */
  awaitClusterSync(db: Kysely<Schema>): Promise<void>
  /** The columns of a table's primary key, in their order. */
  keyOf(db: Kysely<Schema>, table: string): Promise<string[]>
  /**
   * Runs read-only `work` on a connection of its own, in a consistent snapshot. Throws `database-unavailable` if
   * another process has the database open, also if that is detected only at the end.
   */
  readExclusively<T>(work: (db: Kysely<Schema>) => Promise<T>): Promise<T>
  /** A deadlock, a lock timeout or a busy file: retrying the transaction may succeed. */
  isRetryable(error: unknown): boolean
  /** A unique key was violated. */
  isDuplicate(error: unknown): boolean
  /** The connection failed or was lost; the outcome of the statement is unknown. */
  isConnectionLost(error: unknown): boolean
  /** The engine is overloaded: nothing was done, and an immediate retry would make it worse. */
  isOverload(error: unknown): boolean
  /** The disk is full: nothing was done, and writes fail until space is freed. Reads work. */
  isFull(error: unknown): boolean
  /** The data cannot be read: the file or its disk is damaged or missing. */
  isUnreadable(error: unknown): boolean
  /** Why the database cannot be opened, in one line; null for an unknown cause. */
  explain(error: unknown): string | null
}

/** A transient failure: a retry a little later may succeed. */
export function isTransient(engine: Engine, error: unknown): boolean {
  return engine.isConnectionLost(error) || engine.isRetryable(error) || engine.isOverload(error)
}

/** The error to answer with after a failure of the database; null for errors of other kinds. */
export function databaseErrorOf(engine: Engine, error: unknown): DomainError | null {
  if (engine.isFull(error)) {
    const message = 'The storage is full: reads work, writes do not. Send the request again in a minute.'
    return new DomainError('storage-full', message, [], new Error(engine.explain(error) ?? message, { cause: error }))
  }
  if (!isTransient(engine, error)) return null
  const message = 'The database does not respond. Try again in a few seconds.'
  return new DomainError('database-unavailable', message, [], error)
}
