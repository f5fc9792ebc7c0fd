import { sql } from 'kysely'
import { writeEntry, type AuditDeps } from '#audit/write-entry.ts'
import { readCursors } from '#db/event-reader.ts'
import { listMigrations } from '#db/migrate.ts'
import type { Database } from '#db/open-database.ts'
import type { Db, Tx } from '#db/schema.ts'
import { markUnfinishedMove, unmarkUnfinishedMove } from '#db/unfinished-move.ts'
import { fingerprint } from '#platform/ids.ts'
import type { Cursor } from './pages.ts'
import { STATE_TABLE } from './tables.ts'

/** The progress of a table: the key of the last row in the target, and the number of its rows. */
export type TableState = { readonly cursor: Cursor | null; readonly rows: number; readonly done: boolean }

/** The progress of a move, as stored in the target. */
export type MoveState = { readonly source: string; readonly tables: ReadonlyMap<string, TableState> }

const table = sql.table(STATE_TABLE)
const SOURCE = 'source'

/** Null where no move into this database has begun. */
export async function readState({ db }: Pick<Database, 'db'>): Promise<MoveState | null> {
  if (!(await db.introspection.getTables()).some(({ name }) => name === STATE_TABLE)) return null
  const { rows } = await sql<{ name: string; value: string }>`select name, value from ${table}`.execute(db)
  const source = rows.find(({ name }) => name === SOURCE)
  if (source === undefined) return null
  const tables = rows.filter(({ name }) => name !== SOURCE)
  // Written by `writeTableState`.
  return { source: source.value, tables: new Map(tables.map((row) => [row.name, JSON.parse(row.value) as TableState])) }
}

/**
 * Records that a move has begun, so that no server starts on the target, and deletes the rows that the migrations
 * inserted.
 */
export async function beginState(
  { db, engine }: Database,
  source: string,
  tables: readonly string[],
  now: number,
): Promise<void> {
  await engine
    .tableOptions(
      db.schema
        .createTable(STATE_TABLE)
        .ifNotExists()
        .addColumn('name', 'varchar(64)', (column) => column.primaryKey())
        .addColumn('value', sql`longtext`, (column) => column.notNull()),
    )
    .execute()
  await db.transaction().execute(async (tx) => {
    await markUnfinishedMove(tx, engine, now)
    for (const name of tables) await sql`delete from ${sql.table(name)}`.execute(tx)
    await put(tx, SOURCE, source)
  })
}

/** Call it in the transaction of the rows themselves, so that progress and rows always agree. */
export async function writeTableState(tx: Tx, name: string, state: TableState): Promise<void> {
  await put(tx, name, JSON.stringify(state))
}

async function put(tx: Tx, name: string, value: string): Promise<void> {
  await sql`delete from ${table} where name = ${name}`.execute(tx)
  await sql`insert into ${table} (name, value) values (${name}, ${value})`.execute(tx)
}

/** Ends the move, with its audit entry. From now on servers may start on the target. */
export async function endState(
  { db }: Pick<Database, 'db'>,
  audit: AuditDeps,
  { from, to, rows }: { readonly from: string; readonly to: string; readonly rows: number },
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await unmarkUnfinishedMove(tx)
    await sql`delete from ${table}`.execute(tx)
    await writeEntry(tx, audit, {
      action: 'databases:move',
      object: { kind: 'database', id: 'main' },
      before: { database: from },
      after: { database: to, rows },
    })
  })
  await db.schema.dropTable(STATE_TABLE).execute()
}

/**
 * A fingerprint of a database and its last event: it differs from that of other databases, and of this one after a
 * write.
 */
export async function identify(db: Db): Promise<string> {
  const steps = await listMigrations(db)
  const ends = [...(await readCursors(db))].map(([producer, seq]) => `${producer} ${seq}`).toSorted()
  return fingerprint(JSON.stringify([steps.map((step) => [step.number, step.applied_at]), ends]))
}
