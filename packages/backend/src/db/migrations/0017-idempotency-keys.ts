import { sql } from 'kysely'
import type { Migration } from '../migrate.ts'
import { columnsOf } from './columns-of.ts'

/** The tables that are replaced, with the namespace of their keys and the column of the principal. */
const FORMER = [
  ['rider_writes', 'contributions', sql.ref('former.rider_id')],
  ['reading_batches', 'readings', sql`null`],
] as const

/** One table for the idempotency keys of all writes but reports, whose rows hold their keys. */
export const migration0017: Migration = {
  number: 17,
  name: 'idempotency-keys',
  async up(db, engine) {
    await engine
      .tableOptions(db.schema.createTable('idempotency_keys').ifNotExists())
      .addColumn('namespace', 'varchar(20)', (c) => c.notNull())
      .addColumn('id', 'varchar(32)', (c) => c.notNull())
      .addColumn('principal', 'varchar(64)')
      .addColumn('payload_hash', 'varchar(64)', (c) => c.notNull())
      .addColumn('answer', sql`longtext`, (c) => c.notNull())
      .addColumn('received_at', 'bigint', (c) => c.notNull())
      .addPrimaryKeyConstraint('idempotency_keys_key', ['namespace', 'id'])
      .execute()
    await db.schema
      .createIndex('idempotency_keys_received')
      .ifNotExists()
      .on('idempotency_keys')
      .column('received_at')
      .execute()
    for (const [table, namespace, principal] of FORMER) {
      if ((await columnsOf(db, table)).size === 0) continue
      await sql`insert into idempotency_keys (namespace, id, principal, payload_hash, answer, received_at)
        select ${sql.lit(namespace)}, former.id, ${principal}, former.payload_hash, former.answer, former.received_at
        from ${sql.table(table)} former
        where former.id not in (select id from idempotency_keys where namespace = ${sql.lit(namespace)})`.execute(db)
      await db.schema.dropTable(table).ifExists().execute()
    }
  },
}
