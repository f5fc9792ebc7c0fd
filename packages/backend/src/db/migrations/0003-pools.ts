import { sql } from 'kysely'
import type { Migration } from '../migrate.ts'

const longBlob = sql`longblob`

/** What zones of one kind and place have in common, and which of these a checkpoint rests on. */
export const migration0003: Migration = {
  number: 3,
  name: 'pools',
  async up(db, engine) {
    await engine
      .tableOptions(db.schema.createTable('pools').ifNotExists())
      .addColumn('number', 'integer', (c) => c.primaryKey())
      .addColumn('place', 'bigint', (c) => c.notNull())
      .addColumn('zones', 'integer', (c) => c.notNull())
      .addColumn('cut_at', 'bigint', (c) => c.notNull())
      .addColumn('prior', longBlob, (c) => c.notNull())
      .execute()
    const tables = await db.introspection.getTables()
    const estimates = tables.find(({ name }) => name === 'estimates')?.columns ?? []
    if (!estimates.some(({ name }) => name === 'pool')) {
      await db.schema
        .alterTable('estimates')
        .addColumn('pool', 'integer', (c) => c.notNull().defaultTo(0))
        .execute()
    }
    await db.schema.createIndex('estimates_pool').ifNotExists().on('estimates').column('pool').execute()
  },
}
