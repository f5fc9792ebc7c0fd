import { DomainError, type AccountPrincipal } from '@kickstand/domain'
import { writeEntry } from '#audit/write-entry.ts'
import { runTransaction } from '#db/run-transaction.ts'
import { deleteSessions } from '../sessions/session-store.ts'
import { updateAccount, type AccountRow } from './account-store.ts'
import { lockRights } from './lock-rights.ts'
import type { PeopleDeps } from './people-deps.ts'
import { readReason } from './read-reason.ts'
import { rejectOwnAccount, requireAccount } from './require-account.ts'
import { requireOtherAdmin, requireStillAllowed } from './require-rights.ts'
import { rolesOf } from './roles-of.ts'
import { isSuspended, suspensionOf } from './suspension.ts'

/** `until`: epoch milliseconds; null: until somebody lifts it. */
export type NewSuspension = { readonly reason: string; readonly until: number | null }

/**
 * Suspends an account, or changes its suspension, and ends its sessions: at once on this server, within a second on others.
 * Does nothing if the account is suspended in the same way already. `by`: the admin; null for the command line. Throws
 * `account-not-found`, `not-allowed` for their own account, `invalid-request` for an end in the past, and `last-holder` if no
 * admin would be left.
 */
export async function suspendAccount(
  deps: PeopleDeps,
  by: AccountPrincipal | null,
  id: string,
  input: NewSuspension,
): Promise<AccountRow> {
  rejectOwnAccount(by, id, 'suspend yourself')
  const reason = readReason(input.reason)
  return runTransaction(deps, async (tx) => {
    await lockRights(tx, 'platform')
    const now = deps.clock()
    requireFuture(input.until, now)
    const account = await requireAccount(tx, id)
    if (rolesOf(account).includes('admin')) await requireOtherAdmin(tx, id, now)
    await requireStillAllowed(tx, by, 'accounts:write', now)
    if (isSuspended(account, now) && account.suspended_until === input.until && account.suspension_reason === reason)
      return account
    await updateAccount(tx, id, {
      suspended_at: isSuspended(account, now) ? account.suspended_at : now,
      suspended_until: input.until,
      suspension_reason: reason,
    })
    await deleteSessions(tx, id, null)
    const changed = await requireAccount(tx, id)
    await writeEntry(tx, deps, {
      action: 'accounts:suspend',
      object: { kind: 'account', id },
      before: { suspension: suspensionOf(account, now) },
      after: { suspension: suspensionOf(changed, now) },
      reason,
    })
    return changed
  })
}

function requireFuture(until: number | null, now: number): void {
  if (until === null || until > now) return
  const message = 'must be in the future; leave it out for a suspension without an end'
  throw new DomainError('invalid-request', `The end of the suspension ${message}.`, [{ pointer: '/until', message }])
}
