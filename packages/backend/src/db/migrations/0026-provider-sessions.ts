import type { Migration } from '../migrate.ts'
import { columnsOf } from './columns-of.ts'

/**
 * The organisation through whose identity provider a session was opened, and the one for which this counts as a second factor.
 * Both are null for a session that was opened with credentials of the account.
 */
export const migration0026: Migration = {
  number: 26,
  name: 'provider sessions',
  async up(db) {
    const sessions = await columnsOf(db, 'sessions')
    for (const column of ['provider_organisation_id', 'factor_organisation_id'])
      if (!sessions.has(column)) await db.schema.alterTable('sessions').addColumn(column, 'varchar(32)').execute()
    await db.schema
      .createIndex('sessions_provider')
      .ifNotExists()
      .on('sessions')
      .column('provider_organisation_id')
      .execute()
  },
}
