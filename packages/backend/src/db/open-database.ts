import { DomainError } from '@kickstand/domain'
import { Kysely } from 'kysely'
import { mariadbEngine } from './dialects/mariadb.ts'
import { sqliteEngine } from './dialects/sqlite.ts'
import type { Engine } from './engine.ts'
import { migrate } from './migrate.ts'
import type { Db, Schema } from './schema.ts'
import type { Clock } from '#platform/clock.ts'

/** An open database. `engine` is for `db/` and for error messages; features use `db` only. */
export type Database = { readonly db: Db; readonly engine: Engine; close(): Promise<void> }

/**
 * The engine that a database address names: `sqlite:PATH` or `mariadb://user:password@host:port/database`.
 * Throws `invalid-config` for any other.
 */
export function engineFor(address: string): Engine {
  if (address.startsWith('sqlite:')) {
    const path = address.slice('sqlite:'.length)
    if (path !== '') return sqliteEngine(path)
  } else if (/^(mariadb|mysql):\/\//.test(address) && URL.canParse(address)) {
    return mariadbEngine(new URL(address))
  }
  throw new DomainError(
    'invalid-config',
    'KICKSTAND_DATABASE_URL is not an address this program knows: expected sqlite:PATH or mariadb://user:password@host:port/database.',
  )
}

/**
 * Opens the database and brings its schema up to this code's. Throws `database-unavailable` with one line for people, or
 * `database-newer` where a newer Kickstand has migrated it.
 */
export async function openDatabase(address: string, clock: Clock): Promise<Database> {
  const engine = engineFor(address)
  const db = new Kysely<Schema>({ dialect: engine.dialect })
  try {
    await migrate(db, engine, clock)
  } catch (error) {
    await db.destroy().catch(() => undefined)
    const reason = engine.explain(error)
    if (reason !== null) throw new DomainError('database-unavailable', reason, [], error)
    throw error
  }
  return { db, engine, close: () => db.destroy() }
}
