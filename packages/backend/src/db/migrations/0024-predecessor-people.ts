import type { Migration } from '../migrate.ts'

/** People who had an account of the predecessor. */
export const migration0024: Migration = {
  number: 24,
  name: 'predecessor people',
  async up(db, engine) {
    await engine
      .tableOptions(db.schema.createTable('predecessor_people').ifNotExists())
      .addColumn('id', 'varchar(32)', (c) => c.primaryKey())
      .addColumn('source', 'varchar(63)', (c) => c.notNull())
      .addColumn('account_id', 'varchar(32)')
      .addColumn('user_ref', 'varchar(200)')
      .addColumn('rider_id', 'varchar(32)')
      .addColumn('state', 'varchar(16)', (c) => c.notNull())
      .addColumn('proposes_admin', 'integer', (c) => c.notNull())
      .addColumn('wave', 'integer')
      .addColumn('imported_at', 'bigint', (c) => c.notNull())
      .addColumn('invited_at', 'bigint')
      .addColumn('ended_at', 'bigint')
      .addColumn('opt_out_hash', 'varchar(64)', (c) => c.unique())
      .addColumn('mail_id', 'varchar(32)')
      .execute()
    for (const [name, columns] of [
      ['predecessor_people_state', ['state', 'source']],
      ['predecessor_people_account', ['account_id']],
      ['predecessor_people_rider', ['rider_id']],
      ['predecessor_people_mail', ['mail_id']],
    ] as const)
      await db.schema
        .createIndex(name)
        .ifNotExists()
        .on('predecessor_people')
        .columns([...columns])
        .execute()
  },
}
