import type { Db, DbReader, Tx } from '#db/schema.ts'
import type { IdentityProvidersTable, ProviderSignInsTable } from './tables.ts'

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

/** Returns false if the organisation has none. */
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

/**
 * Deletes a sign-in from the table and returns it, so that it is used once; undefined if it is unknown or another request
 * took it.
 */
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
