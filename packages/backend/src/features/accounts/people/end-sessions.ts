import { type AccountPrincipal } from '@kickstand/domain'
import { writeEntry } from '#audit/write-entry.ts'
import { runTransaction } from '#db/run-transaction.ts'
import { deleteSessions } from '../sessions/session-store.ts'
import { lockRights } from './lock-rights.ts'
import type { PeopleDeps } from './people-deps.ts'
import { readReason } from './read-reason.ts'
import { requireAccount } from './require-account.ts'
import { requireStillAllowed } from './require-rights.ts'

/**
 * Ends all sessions of an account. `by`: the admin; null for the command line. Throws `account-not-found`.
 * @returns the number of sessions that were ended
 */
export async function endSessions(
  deps: PeopleDeps,
  by: AccountPrincipal | null,
  id: string,
  given: string,
): Promise<number> {
  const reason = readReason(given)
  return runTransaction(deps, async (tx) => {
    await lockRights(tx, 'platform')
    await requireAccount(tx, id)
    await requireStillAllowed(tx, by, 'accounts:write', deps.clock())
    const ended = await deleteSessions(tx, id, null)
    if (ended === 0) return 0
    await writeEntry(tx, deps, {
      action: 'accounts:end-sessions',
      object: { kind: 'account', id },
      before: { sessions: ended },
      after: { sessions: 0 },
      reason,
    })
    return ended
  })
}
