import type { NewPassword } from '@kickstand/contract'
import { runTransaction } from '#db/run-transaction.ts'
import { signInRequired } from '#http/auth/principal.ts'
import { readAccount, updateAccount } from '../people/account-store.ts'
import type { ChangeOwnDeps, Self } from '../sessions/change-own.ts'
import { deleteSessions } from '../sessions/session-store.ts'
import { verifyCurrentPassword, type PasswordDeps } from '../sign-in/verify-password.ts'
import { changeCredentials, requireOwnFactor } from './change-credentials.ts'
import { checkNewPassword } from './check-new-password.ts'

type Deps = ChangeOwnDeps & PasswordDeps

/**
 * Sets the password of a person, or changes it with the current one. All of their other sessions end, because somebody who
 * knew the old password may have opened them. `address`: that of the client.
 * @returns the new secret of the session
 * Throws `invalid-request`, and the errors of `requireOwnFactor` and `verifyCurrentPassword`.
 */
export async function setOwnPassword(
  deps: Deps,
  self: Self,
  { password, currentPassword }: NewPassword,
  address: string,
): Promise<string> {
  const { accountId, sessionId } = self.account
  const account = await readAccount(deps.db, accountId)
  if (account === undefined) throw signInRequired()
  // This check comes first, so that a session without the second factor cannot be used to guess the password.
  await requireOwnFactor(deps.db, self.account)
  const hashIt = await checkNewPassword(deps, password, account)
  // Before the hash, so that wrong attempts are counted and soon rejected without its cost.
  const takeBack = await verifyCurrentPassword(deps, account, currentPassword, address)
  const hash = await hashIt().catch(async (error: unknown) => {
    await runTransaction(deps, takeBack)
    throw error
  })
  const { secret } = await changeCredentials(deps, self, async (tx) => {
    await takeBack(tx)
    await updateAccount(tx, accountId, { password_hash: hash })
    const endedSessions = await deleteSessions(tx, accountId, sessionId)
    return {
      action: 'passwords:set',
      before: { hasPassword: account.password_hash !== null },
      after: { hasPassword: true, endedSessions },
      result: null,
    }
  })
  return secret
}
