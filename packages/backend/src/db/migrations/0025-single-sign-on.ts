import type { Migration } from '../migrate.ts'

/** Identity providers of organisations (OpenID Connect), whom they know, and sign-ins in progress. */
export const migration0025: Migration = {
  number: 25,
  name: 'single-sign-on',
  async up(db, engine) {
    const table = (name: string) => engine.tableOptions(db.schema.createTable(name).ifNotExists())
    await table('identity_providers')
      .addColumn('organisation_id', 'varchar(32)', (c) => c.primaryKey())
      .addColumn('issuer', 'varchar(500)', (c) => c.notNull())
      .addColumn('client_id', 'varchar(200)', (c) => c.notNull())
      .addColumn('client_secret', 'varchar(500)', (c) => c.notNull())
      .addColumn('counts_as_second_factor', 'integer', (c) => c.notNull())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .execute()
    await table('identities')
      .addColumn('id', 'varchar(64)', (c) => c.primaryKey())
      .addColumn('organisation_id', 'varchar(32)', (c) => c.notNull())
      .addColumn('account_id', 'varchar(32)', (c) => c.notNull())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addColumn('used_at', 'bigint')
      .execute()
    await db.schema.createIndex('identities_account').ifNotExists().on('identities').column('account_id').execute()
    await table('provider_sign_ins')
      .addColumn('state_hash', 'varchar(64)', (c) => c.primaryKey())
      .addColumn('browser_hash', 'varchar(64)', (c) => c.notNull())
      .addColumn('organisation_id', 'varchar(32)', (c) => c.notNull())
      .addColumn('nonce', 'varchar(128)', (c) => c.notNull())
      .addColumn('verifier', 'varchar(128)', (c) => c.notNull())
      .addColumn('session_id', 'varchar(32)')
      .addColumn('expires_at', 'bigint', (c) => c.notNull())
      .execute()
    await db.schema
      .createIndex('provider_sign_ins_expiry')
      .ifNotExists()
      .on('provider_sign_ins')
      .column('expires_at')
      .execute()
  },
}
