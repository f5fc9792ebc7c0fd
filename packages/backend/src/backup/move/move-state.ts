import { sql } from 'kysely'
import { UNFINISHED_MOVE } from '#db/migrate.ts'
import type { Database } from '#db/open-database.ts'
import type { Db, Tx } from '#db/schema.ts'
import { fingerprint } from '#platform/ids.ts'
import type { Cursor } from './pages.ts'
import { STATE_TABLE } from './tables.ts'

/** How far a table is: the place of the last row in the target, and how many are there. */
export type TableState = { readonly cursor: Cursor | null; readonly rows: number; readonly done: boolean }

/** What the target knows of the move into it. */
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

/** Notes that a move has begun, so that no server starts on the target, and takes out what the migrations put into it. */
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
    await engine
      .ignoringDuplicates(
        tx
          .insertInto('schema_migrations')
          .values({ number: UNFINISHED_MOVE, name: 'unfinished-move', applied_at: now }),
      )
      .execute()
    for (const name of tables) await sql`delete from ${sql.table(name)}`.execute(tx)
    await put(tx, SOURCE, source)
  })
}

/** In the transaction of the rows themselves: what is noted is there, and what is there is noted. */
export async function writeTableState(tx: Tx, name: string, state: TableState): Promise<void> {
  await put(tx, name, JSON.stringify(state))
}

async function put(tx: Tx, name: string, value: string): Promise<void> {
  await sql`delete from ${table} where name = ${name}`.execute(tx)
  await sql`insert into ${table} (name, value) values (${name}, ${value})`.execute(tx)
}

/** The move has ended: from now on the target is a database like any other. */
export async function endState({ db }: Pick<Database, 'db'>): Promise<void> {
  await db.deleteFrom('schema_migrations').where('number', '=', UNFINISHED_MOVE).execute()
  await db.schema.dropTable(STATE_TABLE).execute()
}

/** Tells a database, and what has been written to it, from others and from itself later. */
export async function identify(db: Db): Promise<string> {
  const steps = await db.selectFrom('schema_migrations').selectAll().orderBy('number').execute()
  const heads = await db
    .selectFrom('events')
    .select(['writer', ({ fn }) => fn.max('seq').as('seq')])
    .groupBy('writer')
    .execute()
  const ends = heads.map(({ writer, seq }) => `${writer} ${seq}`).toSorted()
  return fingerprint(JSON.stringify([steps.map((step) => [step.number, step.applied_at]), ends]))
}
