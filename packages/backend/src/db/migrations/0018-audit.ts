import type { Migration } from '../migrate.ts'

/** The audit log: entries, the personal values behind their digests, the chain of hashes, and the entries not in it yet. */
export const migration0018: Migration = {
  number: 18,
  name: 'audit',
  async up(db, engine) {
    await engine
      .tableOptions(db.schema.createTable('audit_entries').ifNotExists())
      .addColumn('id', 'varchar(32)', (c) => c.primaryKey())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('actor_kind', 'varchar(16)', (c) => c.notNull())
      .addColumn('actor', 'varchar(64)', (c) => c.notNull())
      .addColumn('action', 'varchar(64)', (c) => c.notNull())
      .addColumn('object_kind', 'varchar(32)', (c) => c.notNull())
      .addColumn('object_id', 'varchar(190)', (c) => c.notNull())
      .addColumn('value_before', 'text')
      .addColumn('value_after', 'text')
      .addColumn('reason', 'varchar(64)')
      .execute()
    await db.schema
      .createIndex('audit_entries_object')
      .ifNotExists()
      .on('audit_entries')
      .columns(['object_kind', 'object_id'])
      .execute()
    await engine
      .tableOptions(db.schema.createTable('audit_values').ifNotExists())
      .addColumn('entry_id', 'varchar(32)', (c) => c.notNull())
      .addColumn('field', 'varchar(16)', (c) => c.notNull())
      .addColumn('salt', 'varchar(64)', (c) => c.notNull())
      .addColumn('value', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('audit_values_key', ['entry_id', 'field'])
      .execute()
    await engine
      .tableOptions(db.schema.createTable('audit_links').ifNotExists())
      .addColumn('seq', 'bigint', (c) => c.primaryKey())
      .addColumn('entry_id', 'varchar(32)', (c) => c.notNull().unique())
      .addColumn('hash', 'varchar(64)', (c) => c.notNull())
      .execute()
    await engine
      .tableOptions(db.schema.createTable('audit_queue').ifNotExists())
      .addColumn('entry_id', 'varchar(32)', (c) => c.primaryKey())
      .execute()
  },
}
