import { DomainError } from '@kickstand/domain'
import { readAccount, updateAccount } from '../people/account-store.ts'
import type { ChangeOwnDeps, Self } from '../sessions/change-own.ts'
import { changeCredentials } from './change-credentials.ts'
import { readPasskeys } from './passkey-store.ts'
import { countRecoveryCodes, deleteRecoveryCodes, insertRecoveryCodes } from './recovery-code-store.ts'
import { newRecoveryCodes } from './recovery-codes.ts'

/**
 * Gives a person ten new recovery codes. The earlier codes stop working. Throws `credential-needed` if the account has no
 * second factor.
 */
export async function replaceRecoveryCodes(
  deps: ChangeOwnDeps,
  self: Self,
): Promise<{ readonly secret: string; readonly result: string[] }> {
  const { accountId } = self.account
  const codes = newRecoveryCodes()
  return changeCredentials(deps, self, async (tx) => {
    await updateAccount(tx, accountId, {})
    const hasAuthenticator = ((await readAccount(tx, accountId))?.totp_secret ?? null) !== null
    if (!hasAuthenticator && (await readPasskeys(tx, accountId)).length === 0)
      throw new DomainError(
        'credential-needed',
        'Recovery codes replace a second factor, and your account has none. Add an authenticator app or a passkey first.',
      )
    const before = { codes: await countRecoveryCodes(tx, accountId) }
    await deleteRecoveryCodes(tx, accountId, false)
    await insertRecoveryCodes(tx, accountId, codes.hashes, false)
    return { action: 'recovery-codes:replace', before, after: { codes: codes.hashes.length }, result: codes.shown }
  })
}
