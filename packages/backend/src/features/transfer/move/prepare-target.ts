import { DomainError } from '@kickstand/domain'
import type { Kysely } from 'kysely'
import { listMigrations, migrate, MIGRATIONS, UNFINISHED_MOVE } from '#db/migrate.ts'
import { explainError, openInMemory, type Database } from '#db/open-database.ts'
import type { Schema } from '#db/schema.ts'
import type { Clock } from '#platform/clock.ts'

import { beginState, readState, type MoveState } from './move-state.ts'
import { digestTable } from './reconcile.ts'
import { readTables } from './tables.ts'

/**
 * Prepares the target: a new one is migrated and must be empty; an interrupted move from the same source is continued.
 * Throws `invalid-request` where it contains anything else.
 */
export async function prepareTarget(target: Database, source: string, clock: Clock): Promise<MoveState> {
  try {
    const begun = await readState(target)
    if (begun !== null) {
      if (begun.source === source) return begun
      throw new DomainError(
        'invalid-request',
        `${target.engine.label} contains part of a move from another database, or from this one before later writes. Create an empty target, then move again.`,
      )
    }
    await migrate(target.db, target.engine, clock)
    const tables = await readTables(target)
    await requireEmpty(target, clock)
    const names = tables.map(({ name }) => name)
    await beginState(target, source, names, clock())
    return { source, tables: new Map() }
  } catch (error) {
    throw explainError(target.engine, error)
  }
}

/** Requires that the target has only the rows of a newly migrated database. */
async function requireEmpty(target: Database, clock: Clock): Promise<void> {
  const blank = await openInMemory(clock)
  try {
    const full: string[] = []
    for (const table of await readTables(target)) {
      const has = await digestTable(target.db, table)
      const usual = await digestTable(blank.db, table)
      if (has.checksum !== usual.checksum) full.push(`${table.name} (${has.rows})`)
    }
    if (full.length === 0) return
    throw new DomainError(
      'invalid-request',
      `${target.engine.label} is not empty: ${full.join(', ')}. A move goes into an empty database only.`,
    )
  } finally {
    await blank.close()
  }
}

/** Throws where a database has another schema than this code. */
export async function requireSchema(db: Kysely<Schema>, label: string): Promise<void> {
  const has = (await db.introspection.getTables()).some(({ name }) => name === 'schema_migrations')
  const rows = has ? await listMigrations(db) : []
  const numbers = rows.map(({ number }) => number)
  if (numbers.join() === MIGRATIONS.map(({ number }) => number).join()) return
  const newest = MIGRATIONS.at(-1)?.number ?? 0
  if (!has) throw new DomainError('invalid-request', `${label} is not a Kickstand database: it has no schema.`)
  if (numbers.includes(UNFINISHED_MOVE)) {
    throw new DomainError(
      'invalid-request',
      `${label} is itself the target of a move that has not ended. Finish that move first.`,
    )
  }
  if (Math.max(...numbers) > newest) {
    throw new DomainError(
      'database-newer',
      `${label} was migrated by a newer Kickstand (schema ${Math.max(...numbers)}; this one knows ${newest}). Move it with that version.`,
    )
  }
  throw new DomainError(
    'invalid-request',
    `${label} is not at schema ${newest} yet. Migrate it with "kickstand migrate", then move it.`,
  )
}
