import type { Migration } from '../migrate.ts'

/** How good forecasts were, and what tells reporters of one network from others. */
export const migration0004: Migration = {
  number: 4,
  name: 'scores',
  async up(db, engine) {
    const create = (name: string) => engine.tableOptions(db.schema.createTable(name).ifNotExists())

    await create('scores')
      .addColumn('zone_id', 'varchar(32)', (c) => c.notNull())
      .addColumn('day', 'integer', (c) => c.notNull())
      .addColumn('lead', 'integer', (c) => c.notNull())
      .addColumn('chances', 'integer', (c) => c.notNull())
      .addColumn('brier', 'double precision', (c) => c.notNull())
      .addColumn('shares', 'integer', (c) => c.notNull())
      .addColumn('crps', 'double precision', (c) => c.notNull())
      .addColumn('covered', 'integer', (c) => c.notNull())
      .addPrimaryKeyConstraint('scores_key', ['zone_id', 'day', 'lead'])
      .execute()
    await db.schema.createIndex('scores_day').ifNotExists().on('scores').columns(['day', 'zone_id']).execute()

    await create('secrets')
      .addColumn('name', 'varchar(32)', (c) => c.primaryKey())
      .addColumn('value', 'varchar(64)', (c) => c.notNull())
      .execute()

    const tables = await db.introspection.getTables()
    const reports = new Set(tables.find(({ name }) => name === 'reports')?.columns.map(({ name }) => name))
    if (!reports.has('network')) await db.schema.alterTable('reports').addColumn('network', 'varchar(16)').execute()
    if (!reports.has('vouched')) {
      await db.schema
        .alterTable('reports')
        .addColumn('vouched', 'smallint', (c) => c.notNull().defaultTo(0))
        .execute()
    }
  },
}
