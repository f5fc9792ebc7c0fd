import { DomainError } from '@kickstand/domain'
import { sql, type Kysely, type Selectable } from 'kysely'
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
import { migration0016 } from './migrations/0016-tariff.ts'
import { migration0017 } from './migrations/0017-idempotency-keys.ts'
import { migration0018 } from './migrations/0018-audit.ts'
import { migration0019 } from './migrations/0019-accounts.ts'
import { migration0020 } from './migrations/0020-erased-riders.ts'
import { migration0021 } from './migrations/0021-mail.ts'
import { migration0022 } from './migrations/0022-minute-figures.ts'
import { migration0023 } from './migrations/0023-notifications.ts'
import { migration0024 } from './migrations/0024-predecessor-people.ts'
import { migration0025 } from './migrations/0025-single-sign-on.ts'
import { migration0026 } from './migrations/0026-provider-sessions.ts'
import type { Schema } from './schema.ts'
import type { Clock } from '#platform/clock.ts'

/**
 * One step of the schema. Additive and re-runnable: where DDL commits at once, a step that was interrupted is run again
 * from its start.
 */
export type Migration = {
  readonly number: number
  readonly name: string
  readonly up: (db: Kysely<Schema>, engine: Engine) => Promise<void>
}

/** Tables that may exist before the first step. */
const OWN_TABLES = new Set(['migration_lock', 'move_state'])
const MAX_SHOWN_TABLES = 5

/**
 * Stored as a step while another database is being moved into this one, so that no server starts on half of the rows.
 */
export const UNFINISHED_MOVE = 1_000_000

/** All steps, oldest first. Add new ones at the end; never change a released one. */
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
  migration0016,
  migration0017,
  migration0018,
  migration0019,
  migration0020,
  migration0021,
  migration0022,
  migration0023,
  migration0024,
  migration0025,
  migration0026,
]

/**
 * Runs the missing steps, under a lock against other processes.
 * @returns the numbers of the steps that were run
 * @throws DomainError `database-newer` if the database has a step that this code does not know
 */
export async function migrate(
  db: Kysely<Schema>,
  engine: Engine,
  clock: Clock,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<number[]> {
  // Nearly every start: nothing to do, so no lock is needed.
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
    requireKnownSchema(applied, engine, migrations)
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

/** The applied migrations, in order. */
export async function listMigrations(db: Kysely<Schema>): Promise<Selectable<Schema['schema_migrations']>[]> {
  return db.selectFrom('schema_migrations').selectAll().orderBy('number').execute()
}

async function readApplied(db: Kysely<Schema>): Promise<Set<number>> {
  const rows = await db.selectFrom('schema_migrations').select('number').execute()
  return new Set(rows.map((row) => row.number))
}

async function isUpToDate(db: Kysely<Schema>, engine: Engine, migrations: readonly Migration[]): Promise<boolean> {
  const tables = await db.introspection.getTables()
  const steps = tables.find(({ name }) => name === 'schema_migrations')
  const others = tables.filter(({ name }) => !OWN_TABLES.has(name))
  // A database with tables but without our steps, or with those of another program, must not be changed.
  if (steps === undefined ? others.length > 0 : !steps.columns.some(({ name }) => name === 'applied_at')) {
    const names = (steps === undefined ? others : tables).map(({ name }) => name)
    const shown = names.length > MAX_SHOWN_TABLES ? [...names.slice(0, MAX_SHOWN_TABLES), '…'] : names
    const text = `${engine.label} holds the tables of another program (${shown.join(', ')}). Set KICKSTAND_DATABASE_URL to a new database.`
    throw new DomainError('database-unavailable', text)
  }
  if (steps === undefined) return false
  const applied = await readApplied(db)
  requireKnownSchema(applied, engine, migrations)
  return migrations.every(({ number }) => applied.has(number))
}

function requireKnownSchema(applied: ReadonlySet<number>, engine: Engine, migrations: readonly Migration[]): void {
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
