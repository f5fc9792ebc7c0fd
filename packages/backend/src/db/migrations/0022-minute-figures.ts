import type { Migration } from '../migrate.ts'

/** The figures of each minute: requests, jobs, pages, ages, disk. */
export const migration0022: Migration = {
  number: 22,
  name: 'minute-figures',
  async up(db, engine) {
    await engine
      .tableOptions(db.schema.createTable('minute_figures').ifNotExists())
      .addColumn('id', 'varchar(32)', (c) => c.primaryKey())
      .addColumn('minute', 'bigint', (c) => c.notNull())
      .addColumn('server', 'varchar(32)', (c) => c.notNull())
      .addColumn('kind', 'varchar(16)', (c) => c.notNull())
      .addColumn('label', 'varchar(64)', (c) => c.notNull())
      .addColumn('count', 'bigint', (c) => c.notNull())
      .addColumn('failures', 'bigint', (c) => c.notNull())
      .addColumn('rejections', 'bigint', (c) => c.notNull())
      .addColumn('total', 'double precision', (c) => c.notNull())
      .addColumn('maximum', 'double precision', (c) => c.notNull())
      .addColumn('buckets', 'varchar(200)', (c) => c.notNull())
      .execute()
    await db.schema
      .createIndex('minute_figures_minute')
      .ifNotExists()
      .on('minute_figures')
      .columns(['minute', 'kind'])
      .execute()
  },
}
