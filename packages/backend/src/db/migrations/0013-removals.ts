import { sql } from 'kysely'
import type { Migration } from '../migrate.ts'
import { columnsOf } from './columns-of.ts'

const ADDED = [
  // Days on which others bore a rider out, and the last of them.
  ['riders', 'record_days', 'integer', 0],
  ['riders', 'record_day', 'integer', 0],
  ['fact_votes', 'record', 'smallint', null],
  ['fact_votes', 'undone_at', 'bigint', null],
  ['rider_facts', 'due_at', 'bigint', null],
  ['rider_facts', 'held_at', 'bigint', null],
  ['rider_facts', 'removed_at', 'bigint', null],
  ['photos', 'network', 'varchar(32)', null],
] as const

/** What it takes for riders to take a zone away, what holds them back, and that it can be taken back. */
export const migration0013: Migration = {
  number: 13,
  name: 'removals',
  async up(db, engine) {
    for (const [table, column, type, fallback] of ADDED) {
      if ((await columnsOf(db, table)).has(column)) continue
      await db.schema
        .alterTable(table)
        .addColumn(column, type, (c) => (fallback === null ? c : c.notNull().defaultTo(fallback)))
        .execute()
    }
    for (const column of ['due_at', 'removed_at']) {
      await db.schema
        .createIndex(`rider_facts_${column === 'due_at' ? 'due' : 'removed'}`)
        .ifNotExists()
        .on('rider_facts')
        .column(column)
        .execute()
    }
    await db.schema
      .createIndex('fact_votes_network')
      .ifNotExists()
      .on('fact_votes')
      .columns(['network', 'last_at'])
      .execute()
    await engine
      .tableOptions(db.schema.createTable('notices').ifNotExists())
      .addColumn('name', 'varchar(64)', (c) => c.primaryKey())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('detail', sql`text`, (c) => c.notNull())
      .execute()
  },
}
