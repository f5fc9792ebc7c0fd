import { DomainError } from '@kickstand/domain'
import { Kysely, type TableMetadata } from 'kysely'
import { mariadbEngine } from './dialects/mariadb.ts'
import { sqliteEngine } from './dialects/sqlite.ts'
import type { Engine } from './engine.ts'
import { migrate } from './migrate.ts'
import { verifySchema } from './verify-schema.ts'
import type { Db, Schema } from './schema.ts'
import type { Clock } from '#platform/clock.ts'

/** An open database. Features use `db`; `engine` is for `db/` and for error messages. */
export type Database = {
  readonly db: Db
  readonly engine: Engine
  /** Runs `work` without the statement time limit: loading the board, an import. */
  withoutTimeout<T>(work: (db: Db) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** `migrated`: the numbers of the migrations that opening it has run. */
export type OpenedDatabase = Database & { readonly migrated: readonly number[] }

const IN_MEMORY = 'sqlite::memory:'

/**
 * The engine that a database address names: `sqlite:PATH` or `mariadb://user:password@host:port/database`.
 * Throws `invalid-config` for any other.
 */
export function engineFor(address: string): Engine {
  if (address.startsWith('sqlite:')) {
    const path = address.slice('sqlite:'.length)
    if (path !== '') return sqliteEngine(path)
  } else if (/^(mariadb|mysql):\/\//.test(address)) {
    return mariadbEngine(address)
  }
  throw new DomainError(
    'invalid-config',
    'KICKSTAND_DATABASE_URL is not an address this program knows: expected sqlite:PATH or mariadb://user:password@host:port/database.',
  )
}

/**
 * Opens the database and migrates its schema. Throws `database-unavailable` with a one-line message, or
 * `database-newer` if a newer Kickstand has migrated it. `noTimeout`: for commands that run long statements.
 */
export async function openDatabase(
  address: string,
  clock: Clock,
  { noTimeout = false }: { readonly noTimeout?: boolean } = {},
): Promise<OpenedDatabase> {
  const database = connectDatabase(address, { noTimeout })
  try {
    const migrated = await database.withoutTimeout((db) => migrate(db, database.engine, clock))
    if (address !== IN_MEMORY) await verifySchema(database, await readNewSchema(clock))
    return { ...database, migrated }
  } catch (error) {
    await database.close().catch(() => undefined)
    throw explainError(database.engine, error)
  }
}

let newSchema: Promise<readonly TableMetadata[]> | null = null

/** The tables of a new database, found out once in a process. */
function readNewSchema(clock: Clock): Promise<readonly TableMetadata[]> {
  newSchema ??= readSchemaOf(connectDatabase(IN_MEMORY), clock)
  return newSchema
}

async function readSchemaOf({ db, engine, close }: Database, clock: Clock): Promise<readonly TableMetadata[]> {
  try {
    await migrate(db, engine, clock)
    return await db.introspection.getTables()
  } finally {
    await close()
  }
}

/** Connects without migrating. Nothing is opened before the first statement. */
export function connectDatabase(
  address: string,
  { noTimeout = false }: { readonly noTimeout?: boolean } = {},
): Database {
  const engine = engineFor(address)
  const dialect = noTimeout ? (engine.dialectWithoutTimeout ?? engine.dialect) : engine.dialect
  const db = new Kysely<Schema>({ dialect })
  return {
    db,
    engine,
    async withoutTimeout(work) {
      if (noTimeout || engine.dialectWithoutTimeout === null) return work(db)
      const slow = new Kysely<Schema>({ dialect: engine.dialectWithoutTimeout })
      try {
        return await work(slow)
      } finally {
        await slow.destroy().catch(() => undefined)
      }
    },
    close: () => db.destroy(),
  }
}

/** A new database in memory, migrated. */
export async function openInMemory(clock: Clock): Promise<Database> {
  return openDatabase(IN_MEMORY, clock)
}

/** `database-unavailable` with a one-line message if the engine knows the cause, else the error itself. */
export function explainError(engine: Engine, error: unknown): unknown {
  const reason = engine.explain(error)
  return reason === null ? error : new DomainError('database-unavailable', reason, [], error)
}
