import { CompiledQuery, sql } from 'kysely'
import type { Lookup, RowInsert } from '../row-inserts.ts'
import type { Db, Row, Schema, Tx } from '../schema.ts'

/** See `Engine.insertUnless`: one statement for each table, however many rows. */
export async function insertUnless<T extends keyof Schema>(
  db: Db,
  unless: Lookup<T>,
  inserts: readonly RowInsert[],
  onWritten: () => void,
): Promise<readonly Row<T>[]> {
  return db.transaction().execute(async (tx) => {
    const found = await find(tx, unless)
    if (found.length > 0) return found
    for (const one of inserts) await insert(tx, one)
    onWritten()
    return found
  })
}

async function find<T extends keyof Schema>(tx: Tx, { table, column, keys }: Lookup<T>): Promise<Row<T>[]> {
  if (keys.length === 0) return []
  const { rows } = await sql<Row<T>>`
    select * from ${sql.table(table)} where ${sql.ref(column)} in (${sql.join(keys)})`.execute(tx)
  return rows
}

async function insert(tx: Tx, { table, columns, rows, ignoresDuplicates }: RowInsert): Promise<void> {
  if (rows.length === 0) return
  const names = columns.map((name) => `\`${name}\``).join(', ')
  // The driver expands an array of arrays to rows in parentheses.
  const text = `insert ${ignoresDuplicates ? 'ignore ' : ''}into \`${table}\` (${names}) values ?`
  await tx.executeQuery(CompiledQuery.raw(text, [rows]))
}
