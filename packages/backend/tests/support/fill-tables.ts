import { sql } from 'kysely'
import type { Db } from '#db/schema.ts'

/** The tables that have a column. */
export async function tablesWith(db: Db, column: string): Promise<string[]> {
  const tables = await db.introspection.getTables()
  return tables.filter(({ columns }) => columns.some(({ name }) => name === column)).map(({ name }) => name)
}

/** Inserts a row into each of these tables. Columns get the given values, the others values that contain `n`. */
export async function insertIntoEach(
  db: Db,
  tables: readonly string[],
  n: number,
  given: Readonly<Record<string, string>>,
): Promise<void> {
  for (const { name, columns } of await db.introspection.getTables()) {
    if (!tables.includes(name)) continue
    const names = columns.map((column) => column.name)
    const values = columns.map((column) => given[column.name] ?? valueOf(column.dataType, n))
    await sql`insert into ${sql.table(name)} (${sql.join(names.map((one) => sql.ref(one)))})
      values (${sql.join(values)})`.execute(db)
  }
}

function valueOf(dataType: string, n: number): string | number | Uint8Array {
  if (/int|double|real/i.test(dataType)) return n
  return /blob/i.test(dataType) ? Buffer.from([n]) : `x${n}`
}

/** Number of rows of a table with a value in a column. */
export async function countWhere(db: Db, table: string, column: string, value: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from ${sql.table(table)} where ${sql.ref(column)} = ${value}`.execute(db)
  return rows[0]?.n ?? 0
}
