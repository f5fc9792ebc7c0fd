import { sql } from 'kysely'
import type { Migration } from '../migrate.ts'

const COLUMNS = ['access_conditional', 'fee_conditional', 'max_stay_conditional'] as const

/** What of a zone's law depends on time or on who asks. */
export const migration0010: Migration = {
  number: 10,
  name: 'conditions',
  async up(db) {
    const tables = await db.introspection.getTables()
    const known = new Set(tables.find(({ name }) => name === 'zones')?.columns.map(({ name }) => name))
    for (const column of COLUMNS) {
      if (!known.has(column))
        await db.schema
          .alterTable('zones')
          .addColumn(column, sql`text`)
          .execute()
    }
  },
}
