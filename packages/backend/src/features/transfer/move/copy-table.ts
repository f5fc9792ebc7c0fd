import { DomainError } from '@kickstand/domain'
import { CompiledQuery, sql, type Kysely } from 'kysely'
import { explainError, type Database } from '#db/open-database.ts'
import type { Schema, Tx } from '#db/schema.ts'
import { writeTableState, type TableState } from './move-state.ts'
import { pagesOf, sizeOf, type Cursor, type Row } from './pages.ts'
import type { MovedTable } from './tables.ts'

const ROWS_PER_STATEMENT = 100
const BYTES_PER_COMMIT = 8 << 20

/**
 * Copies the remaining rows of a table to the target. `onRows` is called after each commit with the number of rows
 * copied so far, including those of earlier runs.
 */
export async function copyTable(
  source: Kysely<Schema>,
  target: Database,
  table: MovedTable,
  from: TableState,
  rowsPerCommit: number,
  onRows: (rows: number) => void,
): Promise<void> {
  const insert = inserter(target, table)
  let copied = from.rows
  let pending: Row[] = []
  let bytes = 0
  let cursor: Cursor | null = from.cursor

  async function commit(done: boolean): Promise<void> {
    const rows = pending
    pending = []
    bytes = 0
    await target.db.transaction().execute(async (tx) => {
      for (let at = 0; at < rows.length; at += ROWS_PER_STATEMENT) {
        await insert(tx, rows.slice(at, at + ROWS_PER_STATEMENT))
      }
      await writeTableState(tx, table.name, { cursor, rows: copied + rows.length, done })
    })
    copied += rows.length
    onRows(copied)
  }

  for await (const page of pagesOf(source, table, from.cursor)) {
    pending.push(...page.rows)
    bytes += sizeOf(page.rows)
    cursor = page.cursor
    if (pending.length >= rowsPerCommit || bytes >= BYTES_PER_COMMIT) await commit(false)
  }
  await commit(true)
}

/**
 * Returns a function that inserts rows with one statement. The SQL is compiled once for each number of rows. If the
 * engine rejects the statement, the rows are inserted one by one, to name the rejected row in the error.
 */
function inserter({ db, engine }: Database, table: MovedTable): (tx: Tx, rows: readonly Row[]) => Promise<void> {
  const texts = new Map<number, string>()
  const columns = sql.join(table.columns.map((name) => sql.ref(name)))

  function textFor(rows: number): string {
    const known = texts.get(rows)
    if (known !== undefined) return known
    const row = sql`(${sql.join(table.columns.map(() => null))})`
    const all = sql.join(Array.from({ length: rows }, () => row))
    const text = sql`insert into ${sql.table(table.name)} (${columns}) values ${all}`.compile(db).sql
    texts.set(rows, text)
    return text
  }

  const write = (tx: Tx, rows: readonly Row[]) => tx.executeQuery(CompiledQuery.raw(textFor(rows.length), rows.flat()))

  return async (tx, rows) => {
    try {
      await write(tx, rows)
    } catch (error) {
      const cause = explainError(engine, error)
      if (cause !== error || engine.isRetryable(error) || engine.isConnectionLost(error) || rows.length === 0)
        throw cause
      for (const row of rows) await write(tx, [row]).catch((rejection: unknown) => rejectRow(table, row, rejection))
      throw error
    }
  }
}

function rejectRow(table: MovedTable, row: Row, cause: unknown): never {
  const key = table.key.map((name) => `${name} ${JSON.stringify(row[table.columns.indexOf(name)])}`).join(', ')
  const reason = cause instanceof Error ? cause.message : String(cause)
  throw new DomainError(
    'invalid-request',
    `The target rejects the row of ${table.name} with ${key}: ${reason}. Correct that row in the source, create an empty target, and move again.`,
    [],
    cause,
  )
}
