import { sql } from 'kysely'
import type { Migration } from '../migrate.ts'

const longText = sql`longtext`

/** Readings of machines, what is known of each machine and each feed, keys to send readings with, and jobs. */
export const migration0006: Migration = {
  number: 6,
  name: 'feeds',
  async up(db, engine) {
    const create = (name: string) => engine.tableOptions(db.schema.createTable(name).ifNotExists())

    await create('readings')
      .addColumn('fold_at', 'bigint', (c) => c.notNull())
      .addColumn('id', 'varchar(32)', (c) => c.notNull())
      .addColumn('feed_id', 'varchar(64)', (c) => c.notNull())
      .addColumn('ref', 'varchar(190)', (c) => c.notNull())
      .addColumn('zone_id', 'varchar(32)', (c) => c.notNull())
      .addColumn('kind', 'varchar(20)', (c) => c.notNull())
      .addColumn('count', 'integer')
      .addColumn('level', 'varchar(20)')
      .addColumn('observed_at', 'bigint', (c) => c.notNull())
      .addColumn('counts', 'smallint', (c) => c.notNull())
      .addPrimaryKeyConstraint('readings_key', ['fold_at', 'id'])
      .execute()
    await db.schema
      .createIndex('readings_zone')
      .ifNotExists()
      .on('readings')
      .columns(['zone_id', 'observed_at'])
      .execute()

    await create('sensors')
      .addColumn('feed_id', 'varchar(64)', (c) => c.notNull())
      .addColumn('ref', 'varchar(190)', (c) => c.notNull())
      .addColumn('zone_id', 'varchar(32)', (c) => c.notNull())
      .addColumn('last_at', 'bigint', (c) => c.notNull())
      .addColumn('told_at', 'bigint', (c) => c.notNull())
      .addColumn('value', 'varchar(20)', (c) => c.notNull())
      .addColumn('stored_at', 'bigint', (c) => c.notNull())
      .addColumn('since_at', 'bigint', (c) => c.notNull())
      .addColumn('spells', 'integer', (c) => c.notNull())
      .addColumn('longest', 'double precision', (c) => c.notNull())
      .addColumn('rejected', 'integer', (c) => c.notNull())
      .addColumn('rejected_at', 'bigint')
      .addColumn('error', 'varchar(255)')
      .addColumn('frozen_at', 'bigint')
      .addColumn('lying_at', 'bigint')
      .addPrimaryKeyConstraint('sensors_key', ['feed_id', 'ref'])
      .execute()
    await db.schema.createIndex('sensors_moved').ifNotExists().on('sensors').columns(['feed_id', 'since_at']).execute()

    await create('feed_sides')
      .addColumn('feed_id', 'varchar(64)', (c) => c.notNull())
      .addColumn('side', 'varchar(10)', (c) => c.notNull())
      .addColumn('attempted_at', 'bigint', (c) => c.notNull())
      .addColumn('succeeded_at', 'bigint')
      .addColumn('newest_at', 'bigint')
      .addColumn('failures', 'integer', (c) => c.notNull())
      .addColumn('error', 'varchar(500)')
      .addColumn('rows_taken', 'integer', (c) => c.notNull())
      .addColumn('rows_rejected', 'integer', (c) => c.notNull())
      .addColumn('rows_impossible', 'integer', (c) => c.notNull())
      .addColumn('zones', 'integer', (c) => c.notNull())
      .addColumn('lost_at', 'bigint')
      .addColumn('frozen_at', 'bigint')
      .addColumn('validators', longText, (c) => c.notNull())
      .addPrimaryKeyConstraint('feed_sides_key', ['feed_id', 'side'])
      .execute()

    await create('feed_keys')
      .addColumn('id', 'varchar(32)', (c) => c.primaryKey())
      .addColumn('feed_id', 'varchar(64)', (c) => c.notNull())
      .addColumn('hash', 'varchar(64)', (c) => c.notNull())
      .addColumn('label', 'varchar(100)', (c) => c.notNull())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addColumn('used_at', 'bigint')
      .addColumn('revoked_at', 'bigint')
      .execute()
    await db.schema.createIndex('feed_keys_hash').ifNotExists().on('feed_keys').column('hash').unique().execute()

    await create('reading_batches')
      .addColumn('id', 'varchar(32)', (c) => c.primaryKey())
      .addColumn('payload_hash', 'varchar(64)', (c) => c.notNull())
      .addColumn('answer', longText, (c) => c.notNull())
      .addColumn('received_at', 'bigint', (c) => c.notNull())
      .execute()
    await db.schema
      .createIndex('reading_batches_received')
      .ifNotExists()
      .on('reading_batches')
      .column('received_at')
      .execute()

    await create('jobs')
      .addColumn('name', 'varchar(190)', (c) => c.primaryKey())
      .addColumn('due_at', 'bigint', (c) => c.notNull())
      .addColumn('holder', 'varchar(32)')
      .addColumn('held_until', 'bigint', (c) => c.notNull())
      .execute()
  },
}
