import { DomainError } from '@kickstand/domain'
import type { CreateTableBuilder, Dialect, InsertQueryBuilder, InsertResult, Kysely } from 'kysely'
import type { Found, Lookup, RowInsert } from './row-inserts.ts'
import type { Db, Schema } from './schema.ts'

/**
 * What differs between the database engines, as properties. Everything else in the service is written once. The two values
 * of this type live in `dialects/`, and a check keeps the engines' names out of every other folder.
 */
export type Engine = {
  /** For logs and `doctor`, without secrets. */
  readonly label: string
  readonly dialect: Dialect
  /** For what may take long: its statements have no time limit. Null where none has. */
  readonly patientDialect: Dialect | null
  /** True where every process shares one file, so that a commit by another process is cheap to notice. */
  readonly embedded: boolean
  /** The time of the machine that it runs on, in epoch milliseconds, to the second; null where it has none of its own. */
  readonly readTime: ((db: Kysely<Schema>) => Promise<number>) | null
  /** False where it is a file that has not been made yet. */
  isThere(): boolean
  /** Storage options after a table's columns. */
  tableOptions<T extends string, C extends string>(table: CreateTableBuilder<T, C>): CreateTableBuilder<T, C>
  /** Drops an index, if it exists. */
  dropIndex(db: Kysely<Schema>, table: string, index: string): Promise<void>
  /** An insert that leaves rows alone that are there already. */
  ignoringDuplicates<T extends keyof Schema>(
    query: InsertQueryBuilder<Schema, T, InsertResult>,
  ): InsertQueryBuilder<Schema, T, InsertResult>
  /**
   * Stores rows in one durable transaction, all or none. Where there are rows already that `unless` looks up, nothing is stored
   * and those are given. `onWritten` is called once only the commit is left to do: until then nothing can have taken place.
   */
  insertUnless<T extends keyof Schema>(
    db: Db,
    unless: Lookup<T>,
    inserts: readonly RowInsert[],
    onWritten: () => void,
  ): Promise<readonly Found<T>[]>
  /** Runs `work` while no other process migrates. `check`, called between steps, throws where that no longer holds. */
  withMigrationLock(
    db: Kysely<Schema>,
    work: (db: Kysely<Schema>, check: () => Promise<void>) => Promise<void>,
  ): Promise<void>
  /** Settings of the engine by which something may be lost: a line for people for each, saying what. */
  findWeaknesses(db: Kysely<Schema>): Promise<readonly string[]>
  /** On a cluster, waits until this process's node has all that any node had committed at the call. Nothing to wait for elsewhere. */
  awaitOthers(db: Kysely<Schema>): Promise<void>
  /** The columns of a table's primary key, in their order. */
  keyOf(db: Kysely<Schema>, table: string): Promise<string[]>
  /**
   * Runs `work` on a connection of its own that sees one state of the database, which it must not change. Throws
   * `database-unavailable` where another process has the database open, also where that is seen only at the end.
   */
  readWhole<T>(work: (db: Kysely<Schema>) => Promise<T>): Promise<T>
  /** A deadlock, a lock wait that ran out, a busy file: the same transaction may pass when tried again. */
  isRetryable(error: unknown): boolean
  /** A unique key was taken. */
  isDuplicate(error: unknown): boolean
  /** The engine could not be reached, or went away; whether the statement took effect is not known. */
  isConnectionLost(error: unknown): boolean
  /** It had too much to do: nothing was done, and trying again at once would make it worse. */
  isOverload(error: unknown): boolean
  /** Its disk is full: nothing was done, and nothing will be until somebody frees some space. Reading goes on. */
  isFull(error: unknown): boolean
  /** The data cannot be read: the file or its disk is damaged or missing. */
  isUnreadable(error: unknown): boolean
  /** What stands in the way of opening it, in one line for people, or null where the cause is not a known one. */
  explain(error: unknown): string | null
}

/** The database was away or had too much to do: the same may pass a little later. */
export function isPassing(engine: Engine, error: unknown): boolean {
  return engine.isConnectionLost(error) || engine.isRetryable(error) || engine.isOverload(error)
}

/** The refusal for what the database could not do just now; null where the error is of another kind. */
export function refusalOf(engine: Engine, error: unknown): DomainError | null {
  if (engine.isFull(error)) {
    const message = 'There is no room to store anything just now; reading goes on. Send it again in a minute.'
    return new DomainError('storage-full', message, [], new Error(engine.explain(error) ?? message, { cause: error }))
  }
  if (!isPassing(engine, error)) return null
  const message = 'The database does not answer just now. Try again in a few seconds.'
  return new DomainError('database-unavailable', message, [], error)
}
