import type { Db, DbReader, Tx } from '#db/schema.ts'
import type { AccountsTable, SessionsTable } from '../tables.ts'

export async function insertSession(tx: Tx, session: SessionsTable): Promise<void> {
  await tx.insertInto('sessions').values(session).execute()
}

/** A session with the columns of its account that determine its rights. */
export type SessionRow = SessionsTable &
  Pick<AccountsTable, 'name' | 'email' | 'roles' | 'suspended_at' | 'suspended_until'>

/** A session by its id or by the hash of its secret, with what is needed of its account. */
export async function findSession(db: DbReader, column: 'id' | 'hash', value: string): Promise<SessionRow | undefined> {
  return db
    .selectFrom('sessions')
    .innerJoin('accounts', 'accounts.id', 'sessions.account_id')
    .selectAll('sessions')
    .select(['accounts.name', 'accounts.email', 'accounts.roles', 'accounts.suspended_at', 'accounts.suspended_until'])
    .where(`sessions.${column}`, '=', value)
    .executeTakeFirst()
}

export async function markSessionUsed(db: Db, id: string, now: number): Promise<void> {
  await db.updateTable('sessions').set({ used_at: now }).where('id', '=', id).execute()
}

/** Gives a session a new secret. The old secret stops working. Returns false if the session has ended. */
export async function replaceSecret(
  tx: Tx,
  id: string,
  changes: Pick<SessionsTable, 'hash'> & Partial<Pick<SessionsTable, 'verified_at' | 'has_second_factor'>>,
): Promise<boolean> {
  const done = await tx.updateTable('sessions').set(changes).where('id', '=', id).executeTakeFirst()
  return done.numUpdatedRows > 0n
}

/** Makes all sessions of an account ones without a second factor. */
export async function clearSecondFactor(tx: Tx, accountId: string): Promise<void> {
  await tx.updateTable('sessions').set({ has_second_factor: 0 }).where('account_id', '=', accountId).execute()
}

/** Sessions of an account, most recently used first. */
export async function readSessions(db: DbReader, accountId: string): Promise<SessionsTable[]> {
  return db.selectFrom('sessions').selectAll().where('account_id', '=', accountId).orderBy('used_at', 'desc').execute()
}

/** Ends one session of an account. Returns false if there is none. */
export async function deleteSession(tx: Tx, accountId: string, id: string): Promise<boolean> {
  const done = await tx
    .deleteFrom('sessions')
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirst()
  return done.numDeletedRows > 0n
}

/**
 * Ends the sessions of an account, except for one if its id is given.
 * @returns the number of sessions that were ended
 */
export async function deleteSessions(tx: Tx, accountId: string, exceptId: string | null): Promise<number> {
  let query = tx.deleteFrom('sessions').where('account_id', '=', accountId)
  if (exceptId !== null) query = query.where('id', '!=', exceptId)
  return Number((await query.executeTakeFirst()).numDeletedRows)
}

/** Ends the sessions opened through the identity provider of an organisation, only those of one account if its id is given. */
export async function deleteProviderSessions(tx: Tx, organisationId: string, accountId?: string): Promise<void> {
  const all = tx.deleteFrom('sessions').where('provider_organisation_id', '=', organisationId)
  await (accountId === undefined ? all : all.where('account_id', '=', accountId)).execute()
}

/** Sets whether the identity provider of an organisation counts as a second factor on the sessions opened through it. */
export async function setProviderFactor(tx: Tx, organisationId: string, counts: boolean): Promise<void> {
  await tx
    .updateTable('sessions')
    .set({ factor_organisation_id: counts ? organisationId : null })
    .where('provider_organisation_id', '=', organisationId)
    .execute()
}

export async function deleteSessionsBefore(db: Db, createdBefore: number, usedBefore: number): Promise<void> {
  await db
    .deleteFrom('sessions')
    .where((where) => where.or([where('created_at', '<', createdBefore), where('used_at', '<', usedBefore)]))
    .execute()
}

/** Whether an account has a session that was opened from a network. */
export async function hasSessionFrom(db: DbReader, accountId: string, network: string): Promise<boolean> {
  const found = await db
    .selectFrom('sessions')
    .select('id')
    .where('account_id', '=', accountId)
    .where('network', '=', network)
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

export async function readSession(db: DbReader, id: string): Promise<SessionsTable | undefined> {
  return db.selectFrom('sessions').selectAll().where('id', '=', id).executeTakeFirst()
}
