import { sql } from 'kysely'
import type { Migration } from '../migrate.ts'
import { columnsOf } from './columns-of.ts'

const AUDIT_COLUMNS = { organisation_id: 32, request_id: 64, network: 16 } as const

/** Accounts with their credentials, sessions and memberships; organisations; tokens; what the audit log needs of them. */
export const migration0019: Migration = {
  number: 19,
  name: 'accounts',
  async up(db, engine) {
    const table = (name: string) => engine.tableOptions(db.schema.createTable(name).ifNotExists())
    await table('accounts')
      .addColumn('id', 'varchar(32)', (c) => c.primaryKey())
      .addColumn('email', 'varchar(254)', (c) => c.notNull().unique())
      .addColumn('name', 'varchar(100)', (c) => c.notNull())
      .addColumn('language', 'varchar(16)', (c) => c.notNull())
      .addColumn('roles', 'varchar(100)', (c) => c.notNull())
      .addColumn('password_hash', 'varchar(200)')
      .addColumn('totp_secret', 'varchar(64)')
      .addColumn('totp_last_step', 'bigint', (c) => c.notNull().defaultTo(0))
      .addColumn('totp_pending', 'varchar(64)')
      .addColumn('suspended_at', 'bigint')
      .addColumn('suspended_until', 'bigint')
      .addColumn('suspension_reason', 'varchar(500)')
      .addColumn('version', 'bigint', (c) => c.notNull().defaultTo(1))
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .execute()
    await table('passkeys')
      .addColumn('id', 'varchar(32)', (c) => c.primaryKey())
      .addColumn('account_id', 'varchar(32)', (c) => c.notNull())
      .addColumn('credential_hash', 'varchar(64)', (c) => c.notNull().unique())
      .addColumn('credential_id', 'text', (c) => c.notNull())
      .addColumn('public_key', 'text', (c) => c.notNull())
      .addColumn('counter', 'bigint', (c) => c.notNull())
      .addColumn('transports', 'varchar(100)', (c) => c.notNull())
      .addColumn('name', 'varchar(100)', (c) => c.notNull())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addColumn('used_at', 'bigint')
      .execute()
    await table('recovery_codes')
      .addColumn('account_id', 'varchar(32)', (c) => c.notNull())
      .addColumn('hash', 'varchar(64)', (c) => c.notNull())
      .addColumn('is_pending', 'integer', (c) => c.notNull())
      .addPrimaryKeyConstraint('recovery_codes_key', ['account_id', 'hash'])
      .execute()
    await table('challenges')
      .addColumn('id', 'varchar(32)', (c) => c.primaryKey())
      .addColumn('purpose', 'varchar(16)', (c) => c.notNull())
      .addColumn('challenge', 'varchar(128)', (c) => c.notNull())
      .addColumn('subject', 'varchar(64)')
      .addColumn('expires_at', 'bigint', (c) => c.notNull())
      .execute()
    await table('sessions')
      .addColumn('id', 'varchar(32)', (c) => c.primaryKey())
      .addColumn('hash', 'varchar(64)', (c) => c.notNull().unique())
      .addColumn('account_id', 'varchar(32)', (c) => c.notNull())
      .addColumn('has_second_factor', 'integer', (c) => c.notNull())
      .addColumn('verified_at', 'bigint', (c) => c.notNull())
      .addColumn('device', 'varchar(200)', (c) => c.notNull())
      .addColumn('network', 'varchar(64)', (c) => c.notNull())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addColumn('used_at', 'bigint', (c) => c.notNull())
      .execute()
    await table('sign_in_failures')
      .addColumn('subject', 'varchar(64)', (c) => c.primaryKey())
      .addColumn('failures', 'integer', (c) => c.notNull())
      .addColumn('since', 'bigint', (c) => c.notNull())
      .addColumn('last_at', 'bigint', (c) => c.notNull())
      .execute()
    await table('memberships')
      .addColumn('organisation_id', 'varchar(32)', (c) => c.notNull())
      .addColumn('account_id', 'varchar(32)', (c) => c.notNull())
      .addColumn('role', 'varchar(16)', (c) => c.notNull())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addPrimaryKeyConstraint('memberships_key', ['organisation_id', 'account_id'])
      .execute()
    await table('links')
      .addColumn('id', 'varchar(32)', (c) => c.primaryKey())
      .addColumn('hash', 'varchar(64)', (c) => c.notNull().unique())
      .addColumn('purpose', 'varchar(16)', (c) => c.notNull())
      .addColumn('email', 'varchar(254)')
      .addColumn('account_id', 'varchar(32)')
      .addColumn('organisation_id', 'varchar(32)')
      .addColumn('organisation_name', 'varchar(200)')
      .addColumn('role', 'varchar(16)')
      .addColumn('created_by', 'varchar(32)')
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addColumn('expires_at', 'bigint', (c) => c.notNull())
      .addColumn('used_at', 'bigint')
      .addColumn('revoked_at', 'bigint')
      .execute()
    await table('rights_versions')
      .addColumn('scope', 'varchar(32)', (c) => c.primaryKey())
      .addColumn('version', 'bigint', (c) => c.notNull())
      .execute()
    await table('organisations')
      .addColumn('id', 'varchar(32)', (c) => c.primaryKey())
      .addColumn('name', 'varchar(200)', (c) => c.notNull())
      .addColumn('version', 'bigint', (c) => c.notNull().defaultTo(1))
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .execute()
    await table('tokens')
      .addColumn('id', 'varchar(32)', (c) => c.primaryKey())
      .addColumn('hash', 'varchar(64)', (c) => c.notNull().unique())
      .addColumn('name', 'varchar(100)', (c) => c.notNull())
      .addColumn('scopes', 'varchar(500)', (c) => c.notNull())
      .addColumn('organisation_id', 'varchar(32)')
      .addColumn('feed_id', 'varchar(63)')
      .addColumn('networks', 'varchar(1000)', (c) => c.notNull())
      .addColumn('created_by', 'varchar(32)')
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addColumn('expires_at', 'bigint')
      .addColumn('used_at', 'bigint')
      .addColumn('revoked_at', 'bigint')
      .addColumn('replaced_by', 'varchar(32)')
      .execute()
    // Keys of feeds are tokens now.
    if ((await columnsOf(db, 'feed_keys')).size > 0) {
      await sql`insert into tokens (id, hash, name, scopes, feed_id, networks, created_at, used_at, revoked_at)
        select former.id, former.hash, former.label, 'readings:write', former.feed_id, '', former.created_at, former.used_at, former.revoked_at
        from feed_keys former where former.id not in (select id from tokens)`.execute(db)
      await db.schema.dropTable('feed_keys').ifExists().execute()
    }
    for (const [name, on, columns] of [
      ['passkeys_account', 'passkeys', ['account_id']],
      ['challenges_expiry', 'challenges', ['expires_at']],
      ['sessions_account', 'sessions', ['account_id']],
      ['sign_in_failures_age', 'sign_in_failures', ['last_at']],
      ['memberships_account', 'memberships', ['account_id']],
      ['links_organisation', 'links', ['organisation_id']],
      ['links_account', 'links', ['account_id']],
      ['organisations_name', 'organisations', ['name']],
      ['tokens_organisation', 'tokens', ['organisation_id']],
      ['tokens_feed', 'tokens', ['feed_id']],
    ] as const)
      await db.schema
        .createIndex(name)
        .ifNotExists()
        .on(on)
        .columns([...columns])
        .execute()

    const entryColumns = await columnsOf(db, 'audit_entries')
    for (const [name, length] of Object.entries(AUDIT_COLUMNS)) {
      if (entryColumns.has(name)) continue
      await db.schema.alterTable('audit_entries').addColumn(name, `varchar(${length})`).execute()
    }
    const valueColumns = await columnsOf(db, 'audit_values')
    if (!valueColumns.has('subject'))
      await db.schema.alterTable('audit_values').addColumn('subject', 'varchar(32)').execute()
    for (const [name, on, columns] of [
      // The filters of the list, each in the order of the list.
      ['audit_entries_organisation', 'audit_entries', ['organisation_id', 'id']],
      ['audit_entries_action', 'audit_entries', ['action', 'id']],
      ['audit_entries_time', 'audit_entries', ['at']],
      ['audit_values_subject', 'audit_values', ['subject']],
    ] as const)
      await db.schema
        .createIndex(name)
        .ifNotExists()
        .on(on)
        .columns([...columns])
        .execute()
  },
}
