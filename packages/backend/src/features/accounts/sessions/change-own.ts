import type { AccountPrincipal } from '@kickstand/domain'
import type { Actor } from '#audit/actor.ts'
import { writeEntry } from '#audit/write-entry.ts'
import type { Engine } from '#db/engine.ts'
import { runTransaction } from '#db/run-transaction.ts'
import type { Db, Tx } from '#db/schema.ts'
import { signInRequired } from '#http/auth/principal.ts'
import type { Clock } from '#platform/clock.ts'
import type { SessionFinder } from './find-session.ts'
import { renewSession } from './open-session.ts'

export type ChangeOwnDeps = {
  readonly db: Db
  readonly engine: Engine
  readonly clock: Clock
  readonly sessions: Pick<SessionFinder, 'forget'>
}

/** The person who changes their own account, with their session. */
export type Self = { readonly account: AccountPrincipal; readonly actor: Actor }

/** What was changed (without secrets), and what the change proves about the session. */
export type OwnChange<T> = {
  readonly action: string
  readonly before: unknown
  readonly after: unknown
  readonly proof?: { readonly verifiedAt?: number; readonly hasSecondFactor?: true }
  readonly result: T
}

/**
 * Changes the credentials of a person in one transaction, with its audit entry. The session gets a new secret, so that the
 * earlier secret does not have the new rights. Throws the errors of `work`, and `sign-in-required` if the session has ended.
 * @returns the new secret, for the cookie
 */
export async function changeOwn<T>(
  deps: ChangeOwnDeps,
  { account, actor }: Self,
  work: (tx: Tx) => Promise<OwnChange<T>>,
): Promise<{ readonly secret: string; readonly result: T }> {
  const { clock } = deps
  const changed = await runTransaction(deps, async (tx) => {
    const { action, before, after, proof, result } = await work(tx)
    const secret = await renewSession(tx, account.sessionId, proof)
    if (secret === null) throw signInRequired()
    await writeEntry(
      tx,
      { actor, clock },
      { action, object: { kind: 'account', id: account.accountId }, before, after },
    )
    return { secret, result }
  })
  deps.sessions.forget()
  return changed
}
