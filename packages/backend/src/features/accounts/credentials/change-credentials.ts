import { DomainError, type AccountPrincipal } from '@kickstand/domain'
import type { Db, Tx } from '#db/schema.ts'
import { readAccount } from '../people/account-store.ts'
import { changeOwn, type ChangeOwnDeps, type OwnChange, type Self } from '../sessions/change-own.ts'
import { readPasskeys } from './passkey-store.ts'

/** Changes the credentials of a person, as `changeOwn` does. Throws what it does, and what `requireOwnFactor` does. */
export async function changeCredentials<T>(
  deps: ChangeOwnDeps,
  self: Self,
  work: (tx: Tx) => Promise<OwnChange<T>>,
): Promise<{ readonly secret: string; readonly result: T }> {
  await requireOwnFactor(deps.db, self.account)
  return changeOwn(deps, self, work)
}

/**
 * Whoever knows only the password of somebody with a second factor must not be able to add one of their own, or remove that
 * one. Throws `second-factor-required` where the account has a second factor and the session was opened without it.
 */
export async function requireOwnFactor(db: Db, { accountId, hasSecondFactor }: AccountPrincipal): Promise<void> {
  if (hasSecondFactor) return
  const account = await readAccount(db, accountId)
  const hasAuthenticator = (account?.totp_secret ?? null) !== null
  if (!hasAuthenticator && (await readPasskeys(db, accountId)).length === 0) return
  throw new DomainError(
    'second-factor-required',
    'Your account has a second factor, and you signed in without it. Confirm with your passkey or the code of your app first.',
  )
}
