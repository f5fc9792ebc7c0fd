import { DomainError } from '@kickstand/domain'
import { Kysely } from 'kysely'
import { mariadbEngine } from './dialects/mariadb.ts'
import { sqliteEngine } from './dialects/sqlite.ts'
import type { Engine } from './engine.ts'
import { migrate } from './migrate.ts'
import { requireWhole } from './require-whole.ts'
import type { Db, Schema } from './schema.ts'
import type { Clock } from '#platform/clock.ts'

/** An open database. `engine` is for `db/` and for error messages; features use `db` only. */
export type Database = {
  readonly db: Db
  readonly engine: Engine
  /** Runs what may take longer than a statement has time otherwise: a load of the board, an import. */
  withoutTimeout<T>(work: (db: Db) => Promise<T>): Promise<T>
  close(): Promise<void>
}

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
 * Opens the database and brings its schema up to this code's. Throws `database-unavailable` with one line for people, or
 * `database-newer` where a newer Kickstand has migrated it. `patient`: for a command that may work long, without time limits.
 */
export async function openDatabase(
  address: string,
  clock: Clock,
  { patient = false }: { readonly patient?: boolean } = {},
): Promise<Database> {
  const database = connectDatabase(address, { patient })
  try {
    await database.withoutTimeout((db) => migrate(db, database.engine, clock))
    if (address !== IN_MEMORY) await compareWithBlank(database, clock)
  } catch (error) {
    await database.close().catch(() => undefined)
    throw explained(database.engine, error)
  }
  return database
}

async function compareWithBlank(database: Database, clock: Clock): Promise<void> {
  const blank = connectDatabase(IN_MEMORY)
  try {
    await requireWhole(database, blank, clock)
  } finally {
    await blank.close()
  }
}

/** The database as it is, its schema left alone. Nothing is opened before the first statement. */
export function connectDatabase(address: string, { patient = false }: { readonly patient?: boolean } = {}): Database {
  const engine = engineFor(address)
  const dialect = patient ? (engine.patientDialect ?? engine.dialect) : engine.dialect
  const db = new Kysely<Schema>({ dialect })
  return {
    db,
    engine,
    async withoutTimeout(work) {
      if (patient || engine.patientDialect === null) return work(db)
      const slow = new Kysely<Schema>({ dialect: engine.patientDialect })
      try {
        return await work(slow)
      } finally {
        await slow.destroy().catch(() => undefined)
      }
    },
    close: () => db.destroy(),
  }
}

/** A database in memory, as the migrations leave it. */
export async function openBlank(clock: Clock): Promise<Database> {
  return openDatabase(IN_MEMORY, clock)
}

/** `database-unavailable` with one line for people where the engine knows the cause, else the error itself. */
export function explained(engine: Engine, error: unknown): unknown {
  const reason = engine.explain(error)
  return reason === null ? error : new DomainError('database-unavailable', reason, [], error)
}
