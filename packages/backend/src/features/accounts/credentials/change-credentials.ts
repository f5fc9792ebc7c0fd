import { DomainError, type AccountPrincipal } from '@kickstand/domain'
import type { DbReader, Tx } from '#db/schema.ts'
import type { CredentialsChange } from '#features/mail/mail-kinds.ts'
import { queueMail } from '#features/mail/queue-mail.ts'
import { signInRequired } from '#http/auth/principal.ts'
import type { Clock } from '#platform/clock.ts'
import { newId } from '#platform/ids.ts'
import { readAccount } from '../people/account-store.ts'
import { changeOwn, type ChangeOwnDeps, type OwnChange, type Self } from '../sessions/change-own.ts'
import { readSession } from '../sessions/session-store.ts'
import { readPasskeys } from './passkey-store.ts'

/**
 * Changes the credentials of a person, as `changeOwn` does, and mails a notice to them. Throws the errors of `changeOwn` and
 * `requireOwnFactor`.
 */
export async function changeCredentials<T>(
  deps: ChangeOwnDeps,
  self: Self,
  work: (tx: Tx) => Promise<OwnChange<T>>,
): Promise<{ readonly secret: string; readonly result: T }> {
  await requireOwnFactor(deps.db, self.account)
  return changeOwn(deps, self, async (tx) => {
    const change = await work(tx)
    const what = MAILED[change.action]
    if (what !== undefined) await mailChange(tx, deps.clock, self.account, what)
    return change
  })
}

/** The changes that are reported to the person by mail, in case somebody else made them. */
const MAILED: Readonly<Partial<Record<string, CredentialsChange>>> = {
  'passwords:set': 'password',
  'passwords:remove': 'password',
  'passkeys:add': 'passkey',
  'passkeys:remove': 'passkey',
  'authenticators:confirm': 'authenticator',
  'authenticators:remove': 'authenticator',
  'recovery-codes:replace': 'recovery',
}

/** Mails a person that a credential of their account was changed. */
export async function mailChange(
  tx: Tx,
  clock: Clock,
  { accountId }: Pick<AccountPrincipal, 'accountId'>,
  change: CredentialsChange,
): Promise<void> {
  const account = await readAccount(tx, accountId)
  if (account === undefined) return
  const at = `${new Date(clock()).toISOString().slice(0, 16).replace('T', ' ')} UTC`
  await queueMail(tx, { clock, newId }, account, { kind: 'credentials-changed', change, at })
}

/**
 * Throws `second-factor-required` if the account has a second factor and the session was opened without it. Otherwise an
 * attacker who knows only the password could remove the second factor or add their own. Throws `step-up-required` on a session
 * that was opened through an identity provider: who controls the provider must not take over the account. Throws
 * `sign-in-required` if the session has ended.
 */
export async function requireOwnFactor(
  db: DbReader,
  { accountId, sessionId }: Pick<AccountPrincipal, 'accountId' | 'sessionId'>,
): Promise<void> {
  const session = await readSession(db, sessionId)
  if (session === undefined) throw signInRequired()
  if (session.has_second_factor === 1) return
  if (session.provider_organisation_id !== null)
    throw new DomainError(
      'step-up-required',
      'You signed in through your organisation. Confirm with your own passkey, or your password and the code of your app. If your account has none, sign in with your password first.',
    )
  const account = await readAccount(db, accountId)
  const hasAuthenticator = (account?.totp_secret ?? null) !== null
  if (!hasAuthenticator && (await readPasskeys(db, accountId)).length === 0) return
  throw new DomainError(
    'second-factor-required',
    'Your account has a second factor, and you signed in without it. Confirm with your passkey or the code of your app first.',
  )
}
