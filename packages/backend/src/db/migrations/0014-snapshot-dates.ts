import type { Migration } from '../migrate.ts'
import { columnsOf } from './columns-of.ts'

/** Dates stated in imported files: to reject older files, and to date the claims of a source. */
export const migration0014: Migration = {
  number: 14,
  name: 'snapshot-dates',
  async up(db, engine) {
    const entries = await columnsOf(db, 'zone_sources')
    if (!entries.has('first_document_date')) {
      await db.schema.alterTable('zone_sources').addColumn('first_document_date', 'bigint').execute()
    }
    await engine
      .tableOptions(db.schema.createTable('snapshot_dates').ifNotExists())
      .addColumn('id', 'varchar(32)', (c) => c.primaryKey())
      .addColumn('source_id', 'varchar(64)', (c) => c.notNull())
      .addColumn('document_date', 'bigint')
      .addColumn('imported_at', 'bigint', (c) => c.notNull())
      .addColumn('complete', 'smallint', (c) => c.notNull())
      .addColumn('west', 'double precision')
      .addColumn('south', 'double precision')
      .addColumn('east', 'double precision')
      .addColumn('north', 'double precision')
      .execute()
    await db.schema
      .createIndex('snapshot_dates_source')
      .ifNotExists()
      .on('snapshot_dates')
      .columns(['source_id'])
      .execute()
  },
}
