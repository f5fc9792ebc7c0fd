import { sql } from 'kysely'
import type { Migration } from '../migrate.ts'

/** Who follows the events, and how far: what all have read may go. */
export const migration0011: Migration = {
  number: 11,
  name: 'readers',
  async up(db, engine) {
    await engine
      .tableOptions(db.schema.createTable('readers').ifNotExists())
      .addColumn('id', 'varchar(32)', (c) => c.primaryKey())
      .addColumn('beat', 'bigint', (c) => c.notNull())
      .addColumn('read_to', sql`longtext`, (c) => c.notNull())
      .addColumn('judged_beat', 'bigint', (c) => c.notNull())
      .addColumn('judged_at', 'bigint', (c) => c.notNull())
      .execute()
  },
}
