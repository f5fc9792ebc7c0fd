import { sql } from 'kysely'
import type { Migration } from '../migrate.ts'

const longText = sql`longtext`
const longBlob = sql`longblob`

/** What riders say of zones, photos, and what moderators decided about both. */
export const migration0007: Migration = {
  number: 7,
  name: 'riders-facts',
  async up(db, engine) {
    const create = (name: string) => engine.tableOptions(db.schema.createTable(name).ifNotExists())

    await create('rider_facts')
      .addColumn('id', 'varchar(32)', (c) => c.primaryKey())
      .addColumn('zone_id', 'varchar(32)', (c) => c.notNull())
      .addColumn('field', 'varchar(20)', (c) => c.notNull())
      .addColumn('value', longText, (c) => c.notNull())
      .addColumn('rider_id', 'varchar(32)', (c) => c.notNull())
      .addColumn('lat', 'double precision', (c) => c.notNull())
      .addColumn('lng', 'double precision', (c) => c.notNull())
      .addColumn('cell', 'bigint', (c) => c.notNull())
      .addColumn('state', 'varchar(20)', (c) => c.notNull())
      .addColumn('agree', 'integer', (c) => c.notNull())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addColumn('shown_at', 'bigint')
      .addColumn('expires_at', 'bigint')
      .addColumn('verdict', 'varchar(20)')
      .addColumn('decided_at', 'bigint')
      .addColumn('reason', 'varchar(500)')
      .execute()
    await db.schema
      .createIndex('rider_facts_zone')
      .ifNotExists()
      .on('rider_facts')
      .columns(['zone_id', 'field'])
      .execute()
    await db.schema.createIndex('rider_facts_cell').ifNotExists().on('rider_facts').columns(['cell', 'field']).execute()
    await db.schema.createIndex('rider_facts_state').ifNotExists().on('rider_facts').columns(['state', 'id']).execute()
    await db.schema.createIndex('rider_facts_expires').ifNotExists().on('rider_facts').column('expires_at').execute()

    await create('fact_votes')
      .addColumn('zone_id', 'varchar(32)', (c) => c.notNull())
      .addColumn('field', 'varchar(20)', (c) => c.notNull())
      .addColumn('rider_id', 'varchar(32)', (c) => c.notNull())
      .addColumn('value', longText)
      .addColumn('note', 'varchar(500)')
      .addColumn('first_at', 'bigint', (c) => c.notNull())
      .addColumn('last_at', 'bigint', (c) => c.notNull())
      .addColumn('near', 'smallint')
      .addColumn('network', 'varchar(32)')
      .addColumn('vouched', 'smallint', (c) => c.notNull())
      .addPrimaryKeyConstraint('fact_votes_key', ['zone_id', 'field', 'rider_id'])
      .execute()
    await db.schema
      .createIndex('fact_votes_rider')
      .ifNotExists()
      .on('fact_votes')
      .columns(['rider_id', 'last_at'])
      .execute()

    await create('photos')
      .addColumn('id', 'varchar(32)', (c) => c.primaryKey())
      .addColumn('zone_id', 'varchar(32)', (c) => c.notNull())
      .addColumn('rider_id', 'varchar(32)', (c) => c.notNull())
      .addColumn('state', 'varchar(20)', (c) => c.notNull())
      .addColumn('looks', 'varchar(32)', (c) => c.notNull())
      .addColumn('duplicate_of', 'varchar(32)')
      .addColumn('width', 'integer', (c) => c.notNull())
      .addColumn('height', 'integer', (c) => c.notNull())
      .addColumn('image', longBlob)
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addColumn('decided_at', 'bigint')
      .addColumn('reason', 'varchar(500)')
      .execute()
    await db.schema.createIndex('photos_zone').ifNotExists().on('photos').columns(['zone_id', 'state']).execute()
    await db.schema.createIndex('photos_state').ifNotExists().on('photos').columns(['state', 'id']).execute()

    await create('rider_writes')
      .addColumn('id', 'varchar(32)', (c) => c.primaryKey())
      .addColumn('rider_id', 'varchar(32)', (c) => c.notNull())
      .addColumn('payload_hash', 'varchar(64)', (c) => c.notNull())
      .addColumn('answer', longText, (c) => c.notNull())
      .addColumn('received_at', 'bigint', (c) => c.notNull())
      .execute()
    await db.schema
      .createIndex('rider_writes_received')
      .ifNotExists()
      .on('rider_writes')
      .column('received_at')
      .execute()

    await create('decisions')
      .addColumn('id', 'varchar(32)', (c) => c.primaryKey())
      .addColumn('subject', 'varchar(64)', (c) => c.notNull())
      .addColumn('verdict', 'varchar(20)', (c) => c.notNull())
      .addColumn('decided_by', 'varchar(100)', (c) => c.notNull())
      .addColumn('reason', 'varchar(500)')
      .addColumn('at', 'bigint', (c) => c.notNull())
      .execute()
    await db.schema.createIndex('decisions_subject').ifNotExists().on('decisions').columns(['subject', 'at']).execute()

    const zones = (await db.introspection.getTables()).find(({ name }) => name === 'zones')
    if (zones?.columns.some(({ name }) => name === 'blocked_until') !== true) {
      await db.schema.alterTable('zones').addColumn('blocked_until', 'bigint').execute()
    }
  },
}
