import { DomainError } from '@kickstand/domain'
import { personal } from '#audit/personal-values.ts'
import { readAccount, updateAccount } from '../people/account-store.ts'
import type { ChangeOwnDeps, Self } from '../sessions/change-own.ts'
import { changeCredentials } from './change-credentials.ts'
import { finishRemoval } from './finish-removal.ts'
import { deletePasskey, readPasskeys } from './passkey-store.ts'
import { deleteRecoveryCodes } from './recovery-code-store.ts'

/**
 * Removes one of the person's passkeys.
 * @returns the new secret of the session
 * Throws `not-found`, and `credential-needed` if the account needs this passkey to sign in or as second factor.
 */
export async function removePasskey(deps: ChangeOwnDeps, self: Self, id: string): Promise<string> {
  const { accountId } = self.account
  const { secret } = await changeCredentials(deps, self, async (tx) => {
    await updateAccount(tx, accountId, {})
    const passkey = (await readPasskeys(tx, accountId)).find((row) => row.id === id)
    if (passkey === undefined || !(await deletePasskey(tx, accountId, id))) throw credentialNotFound('passkey')
    await finishRemoval(tx, accountId)
    const before = { passkey: id, name: personal(passkey.name, accountId) }
    return { action: 'passkeys:remove', before, after: null, result: null }
  })
  return secret
}

/** Removes the person's authenticator app and its recovery codes. Returns and throws as `removePasskey` does. */
export async function removeAuthenticator(deps: ChangeOwnDeps, self: Self): Promise<string> {
  const { accountId } = self.account
  const { secret } = await changeCredentials(deps, self, async (tx) => {
    await updateAccount(tx, accountId, { totp_pending: null })
    if (((await readAccount(tx, accountId))?.totp_secret ?? null) === null)
      throw credentialNotFound('authenticator app')
    await updateAccount(tx, accountId, { totp_secret: null })
    await deleteRecoveryCodes(tx, accountId, false)
    await deleteRecoveryCodes(tx, accountId, true)
    await finishRemoval(tx, accountId)
    return { action: 'authenticators:remove', before: { isOn: true }, after: { isOn: false }, result: null }
  })
  return secret
}

/** Removes the person's password, which requires a passkey. Returns and throws as `removePasskey` does. */
export async function removePassword(deps: ChangeOwnDeps, self: Self): Promise<string> {
  const { accountId } = self.account
  const { secret } = await changeCredentials(deps, self, async (tx) => {
    await updateAccount(tx, accountId, {})
    if (((await readAccount(tx, accountId))?.password_hash ?? null) === null) throw credentialNotFound('password')
    await updateAccount(tx, accountId, { password_hash: null })
    await finishRemoval(tx, accountId)
    return { action: 'passwords:remove', before: { hasPassword: true }, after: { hasPassword: false }, result: null }
  })
  return secret
}

function credentialNotFound(credential: string): DomainError {
  return new DomainError('not-found', `Your account has no such ${credential}. Reload the account.`)
}
