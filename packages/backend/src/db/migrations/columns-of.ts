import type { Kysely } from 'kysely'
import type { Schema } from '../schema.ts'

/** The columns that a table has, since a step that was cut off is run again from its start. */
export async function columnsOf(db: Kysely<Schema>, table: string): Promise<Set<string>> {
  const tables = await db.introspection.getTables()
  return new Set(tables.find(({ name }) => name === table)?.columns.map(({ name }) => name))
}
