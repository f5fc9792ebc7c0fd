import type { Db, DbReader, Tx } from '#db/schema.ts'
import type { IdentitiesTable, IdentityProvidersTable, ProviderSignInsTable } from './tables.ts'

export async function readProvider(db: DbReader, organisationId: string): Promise<IdentityProvidersTable | undefined> {
  return db
    .selectFrom('identity_providers')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .executeTakeFirst()
}

export async function replaceProvider(tx: Tx, provider: IdentityProvidersTable): Promise<void> {
  await deleteProvider(tx, provider.organisation_id)
  await tx.insertInto('identity_providers').values(provider).execute()
}

/** Returns false where the organisation has none. */
export async function deleteProvider(tx: Tx, organisationId: string): Promise<boolean> {
  const done = await tx
    .deleteFrom('identity_providers')
    .where('organisation_id', '=', organisationId)
    .executeTakeFirst()
  return done.numDeletedRows > 0n
}

export async function insertProviderSignIn(db: Db, signIn: ProviderSignInsTable): Promise<void> {
  await db.insertInto('provider_sign_ins').values(signIn).execute()
}

/** Takes a sign-in out of the table, so that it is used once; undefined where it is unknown or another request took it. */
export async function takeProviderSignIn(db: Db, stateHash: string): Promise<ProviderSignInsTable | undefined> {
  const found = await db
    .selectFrom('provider_sign_ins')
    .selectAll()
    .where('state_hash', '=', stateHash)
    .executeTakeFirst()
  if (found === undefined) return undefined
  const done = await db.deleteFrom('provider_sign_ins').where('state_hash', '=', stateHash).executeTakeFirst()
  return done.numDeletedRows > 0n ? found : undefined
}

export async function deleteProviderSignInsBefore(db: Db, expiresBefore: number): Promise<void> {
  await db.deleteFrom('provider_sign_ins').where('expires_at', '<', expiresBefore).execute()
}

export async function findIdentity(db: DbReader, id: string): Promise<IdentitiesTable | undefined> {
  return db.selectFrom('identities').selectAll().where('id', '=', id).executeTakeFirst()
}

/** Fails with a duplicate key where the identity is connected already. */
export async function insertIdentity(tx: Tx, identity: IdentitiesTable): Promise<void> {
  await tx.insertInto('identities').values(identity).execute()
}

export async function markIdentityUsed(tx: Tx, id: string, now: number): Promise<void> {
  await tx.updateTable('identities').set({ used_at: now }).where('id', '=', id).execute()
}

/** Identities of an account, with the organisation whose provider knows them. */
export async function readIdentities(db: DbReader, accountId: string): Promise<IdentitiesTable[]> {
  return db.selectFrom('identities').selectAll().where('account_id', '=', accountId).orderBy('created_at').execute()
}

/** Returns false where the account is not connected to this organisation's provider. */
export async function deleteIdentity(tx: Tx, accountId: string, organisationId: string): Promise<boolean> {
  const done = await tx
    .deleteFrom('identities')
    .where('account_id', '=', accountId)
    .where('organisation_id', '=', organisationId)
    .executeTakeFirst()
  return done.numDeletedRows > 0n
}

/** Disconnects an account from all providers. */
export async function deleteIdentitiesOf(tx: Tx, accountId: string): Promise<void> {
  await tx.deleteFrom('identities').where('account_id', '=', accountId).execute()
}

/** Disconnects everybody from the provider of an organisation. */
export async function deleteIdentitiesAt(tx: Tx, organisationId: string): Promise<void> {
  await tx.deleteFrom('identities').where('organisation_id', '=', organisationId).execute()
}
