import { sql } from 'kysely'
import type { Migration } from '../migrate.ts'
import { columnsOf } from './columns-of.ts'

const longBlob = sql`longblob`

/** Checkpoints of the estimates, and what reports and riders need for folding them again to the same. */
export const migration0002: Migration = {
  number: 2,
  name: 'estimates',
  async up(db, engine) {
    const create = (name: string) => engine.tableOptions(db.schema.createTable(name).ifNotExists())

    await create('estimates')
      .addColumn('zone_id', 'varchar(32)', (c) => c.primaryKey())
      .addColumn('cut_at', 'bigint', (c) => c.notNull())
      .addColumn('capacity', 'integer')
      .addColumn('state', longBlob, (c) => c.notNull())
      .execute()
    await create('estimate_cuts')
      .addColumn('id', 'integer', (c) => c.primaryKey())
      .addColumn('cut_at', 'bigint', (c) => c.notNull())
      .execute()

    const riders = await columnsOf(db, 'riders')
    for (const name of ['trust_honest', 'trust_junk']) {
      if (riders.has(name)) continue
      await db.schema
        .alterTable('riders')
        .addColumn(name, 'double precision', (c) => c.notNull().defaultTo(0))
        .execute()
    }

    const reports = await columnsOf(db, 'reports')
    if (!reports.has('accuracy')) await db.schema.alterTable('reports').addColumn('accuracy', 'integer').execute()
    if (!reports.has('junk')) await db.schema.alterTable('reports').addColumn('junk', 'double precision').execute()
    if (!reports.has('fold_at')) {
      await db.schema
        .alterTable('reports')
        .addColumn('fold_at', 'bigint', (c) => c.notNull().defaultTo(0))
        .execute()
    }
    await sql`update reports set fold_at = case when effect = 'history' then received_at else observed_at end
      where fold_at = 0`.execute(db)
    await db.schema.createIndex('reports_folded').ifNotExists().on('reports').columns(['fold_at', 'id']).execute()
  },
}
