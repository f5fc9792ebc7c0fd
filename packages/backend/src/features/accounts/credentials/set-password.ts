import type { Db } from '#db/schema.ts'
import { signInRequired } from '#http/auth/principal.ts'
import { readAccount, updateAccount } from '../people/account-store.ts'
import type { ChangeOwnDeps, Self } from '../sessions/change-own.ts'
import { changeCredentials } from './change-credentials.ts'
import { deleteSessions } from '../sessions/session-store.ts'
import { hashNewPassword } from './hash-new-password.ts'
import type { PasswordHasher } from './password-hasher.ts'

type Deps = ChangeOwnDeps & { readonly db: Db; readonly passwords: PasswordHasher }

/**
 * Sets or changes the password of a person. All their other sessions end: whoever knew the old one may have opened them.
 * @returns the new secret of the session
 * Throws `invalid-request` and `overloaded`.
 */
export async function setOwnPassword(deps: Deps, self: Self, password: string): Promise<string> {
  const { accountId, sessionId } = self.account
  const account = await readAccount(deps.db, accountId)
  if (account === undefined) throw signInRequired()
  const hash = await hashNewPassword(deps, password, account)
  const { secret } = await changeCredentials(deps, self, async (tx) => {
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
