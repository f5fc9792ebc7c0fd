import { DomainError } from '@kickstand/domain'
import { writeEntry } from '#audit/write-entry.ts'
import { runTransaction } from '#db/run-transaction.ts'
import type { Tx } from '#db/schema.ts'
import type { ChangeOwnDeps, Self } from './change-own.ts'
import { deleteSession, deleteSessions } from './session-store.ts'

/** Ends one session of a person. Throws `not-found`. */
export async function endOwnSession(deps: ChangeOwnDeps, self: Self, id: string): Promise<void> {
  await endSessions(deps, self, async (tx) => {
    if (!(await deleteSession(tx, self.account.accountId, id)))
      throw new DomainError('not-found', 'You have no such session, or it has ended. Reload the list.')
    return { session: id }
  })
}

/** Ends all sessions of a person except the one of this request. */
export async function endOtherSessions(deps: ChangeOwnDeps, self: Self): Promise<void> {
  const { accountId, sessionId } = self.account
  await endSessions(deps, self, async (tx) => {
    const sessions = await deleteSessions(tx, accountId, sessionId)
    return sessions === 0 ? null : { sessions }
  })
}

/** `end`: returns what was ended, for the audit log; null if there was nothing to end. */
async function endSessions(
  deps: ChangeOwnDeps,
  { account, actor }: Self,
  end: (tx: Tx) => Promise<Readonly<Record<string, string | number>> | null>,
): Promise<void> {
  await runTransaction(deps, async (tx) => {
    const before = await end(tx)
    if (before === null) return
    const object = { kind: 'account', id: account.accountId }
    await writeEntry(tx, { actor, clock: deps.clock }, { action: 'sessions:end', object, before, after: null })
  })
  deps.sessions.forget()
}
