import type { Tx } from '#db/schema.ts'

/**
 * The credentials of an account besides its password. `identities`: those at providers of organisations. `authenticator`:
 * whether an authenticator app was set up.
 */
export type DeletedCredentials = {
  readonly passkeys: number
  readonly identities: number
  readonly recoveryCodes: number
  readonly authenticator: boolean
}

/**
 * Deletes the passkeys, the authenticator app, the recovery codes and the connected identities of an account, including an
 * app and codes that are not confirmed yet.
 */
export async function deleteCredentials(tx: Tx, accountId: string): Promise<DeletedCredentials> {
  const { totp_secret: secret } = await tx
    .selectFrom('accounts')
    .select('totp_secret')
    .where('id', '=', accountId)
    .executeTakeFirstOrThrow()
  await tx
    .updateTable('accounts')
    .set({ totp_secret: null, totp_pending: null, totp_last_step: 0 })
    .where('id', '=', accountId)
    .execute()
  await tx.deleteFrom('challenges').where('subject', '=', accountId).execute()
  const passkeys = await tx.deleteFrom('passkeys').where('account_id', '=', accountId).executeTakeFirst()
  const codes = await tx.deleteFrom('recovery_codes').where('account_id', '=', accountId).executeTakeFirst()
  const identities = await tx.deleteFrom('identities').where('account_id', '=', accountId).executeTakeFirst()
  return {
    passkeys: Number(passkeys.numDeletedRows),
    identities: Number(identities.numDeletedRows),
    recoveryCodes: Number(codes.numDeletedRows),
    authenticator: secret !== null,
  }
}
