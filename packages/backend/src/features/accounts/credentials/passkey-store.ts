import type { DbReader, Tx } from '#db/schema.ts'
import { hashOfKey } from '#platform/ids.ts'
import type { PasskeysTable } from '../tables.ts'

/** A passkey before it belongs to an account. */
export type NewPasskeyRow = Omit<PasskeysTable, 'account_id' | 'name'>

/** Fails with a duplicate key if the credential is already registered. `name`: chosen by the person. */
export async function insertPasskey(tx: Tx, accountId: string, name: string, passkey: NewPasskeyRow): Promise<void> {
  await tx
    .insertInto('passkeys')
    .values({ ...passkey, account_id: accountId, name })
    .execute()
}

/** Passkeys of an account, oldest first. */
export async function readPasskeys(db: DbReader, accountId: string): Promise<PasskeysTable[]> {
  return db.selectFrom('passkeys').selectAll().where('account_id', '=', accountId).orderBy('id').execute()
}

/** `credentialId`: base64url. */
export async function findPasskey(db: DbReader, credentialId: string): Promise<PasskeysTable | undefined> {
  return db.selectFrom('passkeys').selectAll().where('credential_hash', '=', hashOfKey(credentialId)).executeTakeFirst()
}

/**
 * Stores the signature counter after a use. Returns false if the passkey was removed or its counter has not increased, which
 * means that the passkey was copied or the answer was replayed. The counter of synchronised passkeys is always 0.
 */
export async function markPasskeyUsed(tx: Tx, id: string, counter: number, now: number): Promise<boolean> {
  let query = tx.updateTable('passkeys').set({ counter, used_at: now }).where('id', '=', id)
  query = counter === 0 ? query.where('counter', '=', 0) : query.where('counter', '<', counter)
  return (await query.executeTakeFirst()).numUpdatedRows > 0n
}

/** Returns false if the account has no such passkey. */
export async function deletePasskey(tx: Tx, accountId: string, id: string): Promise<boolean> {
  const done = await tx
    .deleteFrom('passkeys')
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirst()
  return done.numDeletedRows > 0n
}
