import type { Migration } from '../migrate.ts'

/** The riders who had their data erased, and what finds the data of one rider without reading whole tables. */
export const migration0020: Migration = {
  number: 20,
  name: 'erased-riders',
  async up(db, engine) {
    await engine
      .tableOptions(db.schema.createTable('erased_riders').ifNotExists())
      .addColumn('id_hash', 'varchar(64)', (c) => c.primaryKey())
      .addColumn('erased_at', 'bigint', (c) => c.notNull())
      .execute()
    for (const [name, table, column] of [
      ['reports_rider', 'reports', 'rider_id'],
      ['contributions_rider', 'contributions', 'rider_id'],
      ['photos_rider', 'photos', 'rider_id'],
      ['idempotency_keys_principal', 'idempotency_keys', 'principal'],
    ] as const)
      await db.schema.createIndex(name).ifNotExists().on(table).column(column).execute()
  },
}
