import type { DbReader, Tx } from '#db/schema.ts'
import type { IdentitiesTable } from '../tables.ts'

export async function findIdentity(db: DbReader, id: string): Promise<IdentitiesTable | undefined> {
  return db.selectFrom('identities').selectAll().where('id', '=', id).executeTakeFirst()
}

/** Fails with a duplicate key if the identity is already connected. */
export async function insertIdentity(tx: Tx, identity: IdentitiesTable): Promise<void> {
  await tx.insertInto('identities').values(identity).execute()
}

export async function markIdentityUsed(tx: Tx, id: string, now: number): Promise<void> {
  await tx.updateTable('identities').set({ used_at: now }).where('id', '=', id).execute()
}

/** The identities of an account, each with the organisation of its provider. */
export async function readIdentities(db: DbReader, accountId: string): Promise<IdentitiesTable[]> {
  return db.selectFrom('identities').selectAll().where('account_id', '=', accountId).orderBy('created_at').execute()
}

/**
 * Disconnects an account from the provider of an organisation.
 * @returns false if it is not connected
 */
export async function deleteIdentity(tx: Tx, accountId: string, organisationId: string): Promise<boolean> {
  const done = await tx
    .deleteFrom('identities')
    .where('account_id', '=', accountId)
    .where('organisation_id', '=', organisationId)
    .executeTakeFirst()
  return done.numDeletedRows > 0n
}

/** Disconnects all accounts from the provider of an organisation. */
export async function deleteIdentitiesAt(tx: Tx, organisationId: string): Promise<void> {
  await tx.deleteFrom('identities').where('organisation_id', '=', organisationId).execute()
}
