import { sql } from 'kysely'
import type { Migration } from '../migrate.ts'
import { columnsOf } from './columns-of.ts'

/** The price of a zone, as JSON. The claims of sources hold theirs in `zone_sources.facts`. */
export const migration0016: Migration = {
  number: 16,
  name: 'tariff',
  async up(db) {
    if ((await columnsOf(db, 'zones')).has('tariff')) return
    await db.schema
      .alterTable('zones')
      .addColumn('tariff', sql`text`)
      .execute()
  },
}
