import type { PasswordRemoval } from '@kickstand/contract'
import { DomainError } from '@kickstand/domain'
import { personal } from '#audit/personal-values.ts'
import { readAccount, updateAccount } from '../people/account-store.ts'
import type { ChangeOwnDeps, Self } from '../sessions/change-own.ts'
import { verifyOwnPasskey } from '../sessions/step-up.ts'
import { signInFailed } from '../sign-in/verify-person.ts'
import { changeCredentials } from './change-credentials.ts'
import { finishRemoval } from './finish-removal.ts'
import type { PasskeyDeps } from './passkey-registration.ts'
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

/**
 * Removes the person's password. `proof`: of one of their passkeys, so that somebody who only has the session cannot set
 * another password without the current one. Returns and throws as `removePasskey` does, and throws `sign-in-failed`.
 */
export async function removePassword(
  deps: ChangeOwnDeps & PasskeyDeps,
  self: Self,
  proof: PasswordRemoval,
): Promise<string> {
  const { accountId } = self.account
  const spend = await verifyOwnPasskey(deps, self.account, proof.passkey)
  const { secret } = await changeCredentials(deps, self, async (tx) => {
    await updateAccount(tx, accountId, {})
    if (!(await spend(tx))) throw signInFailed()
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
