import { DomainError } from '@kickstand/domain'
import { sql, type Kysely } from 'kysely'
import type { Engine } from './engine.ts'
import { migration0001 } from './migrations/0001-zones-and-reports.ts'
import { migration0002 } from './migrations/0002-estimates.ts'
import { migration0003 } from './migrations/0003-pools.ts'
import { migration0004 } from './migrations/0004-scores.ts'
import { migration0005 } from './migrations/0005-matching.ts'
import { migration0006 } from './migrations/0006-feeds.ts'
import { migration0007 } from './migrations/0007-riders-facts.ts'
import { migration0008 } from './migrations/0008-estimated-capacity.ts'
import { migration0009 } from './migrations/0009-zone-changes.ts'
import { migration0010 } from './migrations/0010-conditions.ts'
import { migration0011 } from './migrations/0011-readers.ts'
import { migration0012 } from './migrations/0012-renumbered-sources.ts'
import { migration0013 } from './migrations/0013-removals.ts'
import { migration0014 } from './migrations/0014-snapshot-dates.ts'
import { migration0015 } from './migrations/0015-standard-terms.ts'
import type { Schema } from './schema.ts'
import type { Clock } from '#platform/clock.ts'

/**
 * One step of the schema. Additive, and every statement may be run again: where DDL commits at once, a step that was cut
 * off half-way is simply run again from its start.
 */
export type Migration = {
  readonly number: number
  readonly name: string
  readonly up: (db: Kysely<Schema>, engine: Engine) => Promise<void>
}

/** What may be there before the first step. */
const OWN_TABLES = new Set(['migration_lock', 'move_state'])
const SHOWN_TABLES = 5

/** Stands among the steps of a database while the rows of another are being moved into it: no server starts on half of them. */
export const UNFINISHED_MOVE = 1_000_000

/** All steps, oldest first. A new one is added at the end and never changed once released. */
export const MIGRATIONS: readonly Migration[] = [
  migration0001,
  migration0002,
  migration0003,
  migration0004,
  migration0005,
  migration0006,
  migration0007,
  migration0008,
  migration0009,
  migration0010,
  migration0011,
  migration0012,
  migration0013,
  migration0014,
  migration0015,
]

/**
 * Runs the steps that this database has not had, under a lock that keeps other processes from doing the same.
 * @returns the numbers of the steps that were run
 * @throws DomainError `database-newer` where the database has had a step that this code does not know
 */
export async function migrate(
  db: Kysely<Schema>,
  engine: Engine,
  clock: Clock,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<number[]> {
  // Nearly every start: nothing to do, and nobody to wait for.
  if (await isUpToDate(db, engine, migrations)) return []
  const ran: number[] = []
  await engine.withMigrationLock(db, async (locked, check) => {
    await engine
      .tableOptions(
        locked.schema
          .createTable('schema_migrations')
          .ifNotExists()
          .addColumn('number', 'integer', (column) => column.primaryKey())
          .addColumn('name', 'varchar(100)', (column) => column.notNull())
          .addColumn('applied_at', 'bigint', (column) => column.notNull()),
      )
      .execute()
    const applied = await readApplied(locked)
    refuse(applied, engine, migrations)
    for (const migration of migrations) {
      if (applied.has(migration.number)) continue
      await check()
      await migration.up(locked, engine)
      await locked
        .insertInto('schema_migrations')
        .values({ number: migration.number, name: migration.name, applied_at: clock() })
        .execute()
      ran.push(migration.number)
    }
  })
  return ran
}

async function readApplied(db: Kysely<Schema>): Promise<Set<number>> {
  const rows = await db.selectFrom('schema_migrations').select('number').execute()
  return new Set(rows.map((row) => row.number))
}

async function isUpToDate(db: Kysely<Schema>, engine: Engine, migrations: readonly Migration[]): Promise<boolean> {
  const tables = await db.introspection.getTables()
  const steps = tables.find(({ name }) => name === 'schema_migrations')
  const others = tables.filter(({ name }) => !OWN_TABLES.has(name))
  // A database with tables and without our steps, or with the steps of another program, is not ours to change.
  if (steps === undefined ? others.length > 0 : !steps.columns.some(({ name }) => name === 'applied_at')) {
    const names = (steps === undefined ? others : tables).map(({ name }) => name)
    const shown = names.length > SHOWN_TABLES ? [...names.slice(0, SHOWN_TABLES), '…'] : names
    const text = `${engine.label} holds the tables of another program (${shown.join(', ')}). Set KICKSTAND_DATABASE_URL to a new database.`
    throw new DomainError('database-unavailable', text)
  }
  if (steps === undefined) return false
  const applied = await readApplied(db)
  refuse(applied, engine, migrations)
  return migrations.every(({ number }) => applied.has(number))
}

function refuse(applied: ReadonlySet<number>, engine: Engine, migrations: readonly Migration[]): void {
  if (applied.has(UNFINISHED_MOVE)) {
    throw new DomainError(
      'database-unavailable',
      `${engine.label} is the target of a move that has not ended. Run the same "kickstand move" again to end it.`,
    )
  }
  const newest = migrations.at(-1)?.number ?? 0
  const ahead = Math.max(0, ...applied)
  if (ahead <= newest) return
  throw new DomainError(
    'database-newer',
    `${engine.label} was migrated by a newer Kickstand (schema ${ahead}; this one knows ${newest}). Run that version or a later one, or restore a backup made with this one.`,
  )
}

/** True once the engine answers a query: for `/readyz` and `doctor`. */
export async function ping(db: Kysely<Schema>): Promise<void> {
  await sql`select 1`.execute(db)
}
