import { sql } from 'kysely'
import type { Migration } from '../migrate.ts'

/** The queue of mails. */
export const migration0021: Migration = {
  number: 21,
  name: 'mail',
  async up(db, engine) {
    await engine
      .tableOptions(db.schema.createTable('mails').ifNotExists())
      .addColumn('id', 'varchar(32)', (c) => c.primaryKey())
      .addColumn('kind', 'varchar(32)', (c) => c.notNull())
      .addColumn('recipient', 'varchar(254)', (c) => c.notNull())
      .addColumn('subject', 'varchar(500)', (c) => c.notNull())
      .addColumn('text', 'text', (c) => c.notNull())
      .addColumn('html', sql`longtext`, (c) => c.notNull())
      .addColumn('state', 'varchar(16)', (c) => c.notNull())
      .addColumn('attempts', 'integer', (c) => c.notNull())
      .addColumn('next_attempt_at', 'bigint', (c) => c.notNull())
      .addColumn('error', 'varchar(500)')
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addColumn('finished_at', 'bigint')
      .execute()
    await db.schema.createIndex('mails_due').ifNotExists().on('mails').columns(['state', 'next_attempt_at']).execute()
    await db.schema.createIndex('mails_finished').ifNotExists().on('mails').column('finished_at').execute()
  },
}
