import { sql } from 'kysely'
import type { Migration } from '../migrate.ts'
import { columnsOf } from './columns-of.ts'

/** What a source calls its entries now, what its last change did, and how often its newest loss was doubted. */
export const migration0012: Migration = {
  number: 12,
  name: 'renumbered-sources',
  async up(db, engine) {
    const create = (name: string) => engine.tableOptions(db.schema.createTable(name).ifNotExists())

    await create('entry_names')
      .addColumn('source_id', 'varchar(64)', (c) => c.notNull())
      .addColumn('name', 'varchar(190)', (c) => c.notNull())
      .addColumn('ref', 'varchar(190)', (c) => c.notNull())
      .addPrimaryKeyConstraint('entry_names_key', ['source_id', 'name'])
      .execute()
    await db.schema
      .createIndex('entry_names_ref')
      .ifNotExists()
      .on('entry_names')
      .columns(['source_id', 'ref'])
      .execute()

    await create('source_changes')
      .addColumn('source_id', 'varchar(64)', (c) => c.primaryKey())
      .addColumn('kind', 'varchar(20)', (c) => c.notNull())
      .addColumn('state', 'varchar(20)', (c) => c.notNull())
      .addColumn('started_at', 'bigint', (c) => c.notNull())
      .addColumn('ended_at', 'bigint')
      .execute()
    await create('entries_before')
      .addColumn('source_id', 'varchar(64)', (c) => c.notNull())
      .addColumn('ref', 'varchar(190)', (c) => c.notNull())
      .addColumn('entry', sql`longtext`)
      .addPrimaryKeyConstraint('entries_before_key', ['source_id', 'ref'])
      .execute()

    const sources = await columnsOf(db, 'sources')
    const alter = db.schema.alterTable('sources')
    if (!sources.has('doubt_print')) await alter.addColumn('doubt_print', 'varchar(64)').execute()
    if (!sources.has('doubted')) {
      await alter.addColumn('doubted', 'integer', (c) => c.notNull().defaultTo(0)).execute()
    }
  },
}
