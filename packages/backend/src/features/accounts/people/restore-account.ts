import { type AccountPrincipal } from '@kickstand/domain'
import { writeEntry } from '#audit/write-entry.ts'
import { runTransaction } from '#db/run-transaction.ts'
import { updateAccount, type AccountRow } from './account-store.ts'
import { lockRights } from './lock-rights.ts'
import type { PeopleDeps } from './people-deps.ts'
import { readReason } from './read-reason.ts'
import { rejectOwnAccount, requireAccount } from './require-account.ts'
import { requireStillAllowed } from './require-rights.ts'
import { suspensionOf } from './suspension.ts'

/**
 * Lifts the suspension of an account. Does nothing if the account is not suspended. `by`: the admin; null for the command
 * line. Throws `account-not-found`.
 */
export async function restoreAccount(
  deps: PeopleDeps,
  by: AccountPrincipal | null,
  id: string,
  given: string,
): Promise<AccountRow> {
  rejectOwnAccount(by, id, 'lift your own suspension')
  const reason = readReason(given)
  return runTransaction(deps, async (tx) => {
    await lockRights(tx, 'platform')
    const now = deps.clock()
    const account = await requireAccount(tx, id)
    await requireStillAllowed(tx, by, 'accounts:write', now)
    const suspension = suspensionOf(account, now)
    if (suspension === null) return account
    await updateAccount(tx, id, { suspended_at: null, suspended_until: null, suspension_reason: null })
    await writeEntry(tx, deps, {
      action: 'accounts:restore',
      object: { kind: 'account', id },
      before: { suspension },
      after: { suspension: null },
      reason,
    })
    return requireAccount(tx, id)
  })
}
