import { DomainError } from '@kickstand/domain'
import { personal } from '#audit/personal-values.ts'
import { readAccount, updateAccount } from '../people/account-store.ts'
import type { ChangeOwnDeps, Self } from '../sessions/change-own.ts'
import { changeCredentials } from './change-credentials.ts'
import { checkCredentialsLeft } from './credentials-left.ts'
import { deletePasskey, readPasskeys } from './passkey-store.ts'
import { deleteRecoveryCodes } from './recovery-code-store.ts'

/**
 * Removes a passkey of a person.
 * @returns the new secret of the session
 * Throws `not-found`, and `credential-needed` for the last one that the account needs.
 */
export async function removePasskey(deps: ChangeOwnDeps, self: Self, id: string): Promise<string> {
  const { accountId } = self.account
  const { secret } = await changeCredentials(deps, self, async (tx) => {
    await updateAccount(tx, accountId, {})
    const passkey = (await readPasskeys(tx, accountId)).find((one) => one.id === id)
    if (passkey === undefined || !(await deletePasskey(tx, accountId, id))) throw notThere('passkey')
    await checkCredentialsLeft(tx, accountId)
    const before = { passkey: id, name: personal(passkey.name, accountId) }
    return { action: 'passkeys:remove', before, after: null, result: null }
  })
  return secret
}

/**
 * Removes the authenticator app of a person, with its recovery codes. Results and errors as above.
 */
export async function removeAuthenticator(deps: ChangeOwnDeps, self: Self): Promise<string> {
  const { accountId } = self.account
  const { secret } = await changeCredentials(deps, self, async (tx) => {
    await updateAccount(tx, accountId, { totp_pending: null })
    if (((await readAccount(tx, accountId))?.totp_secret ?? null) === null) throw notThere('authenticator app')
    await updateAccount(tx, accountId, { totp_secret: null })
    await deleteRecoveryCodes(tx, accountId, false)
    await deleteRecoveryCodes(tx, accountId, true)
    await checkCredentialsLeft(tx, accountId)
    return { action: 'authenticators:remove', before: { isOn: true }, after: { isOn: false }, result: null }
  })
  return secret
}

/** Removes the password of a person who signs in with passkeys. Results and errors as above. */
export async function removePassword(deps: ChangeOwnDeps, self: Self): Promise<string> {
  const { accountId } = self.account
  const { secret } = await changeCredentials(deps, self, async (tx) => {
    await updateAccount(tx, accountId, {})
    if (((await readAccount(tx, accountId))?.password_hash ?? null) === null) throw notThere('password')
    await updateAccount(tx, accountId, { password_hash: null })
    await checkCredentialsLeft(tx, accountId)
    return { action: 'passwords:remove', before: { hasPassword: true }, after: { hasPassword: false }, result: null }
  })
  return secret
}

function notThere(what: string): DomainError {
  return new DomainError('not-found', `Your account has no such ${what}. Load it again.`)
}
