import { type AccountPrincipal, type PlatformRole } from '@kickstand/domain'
import { writeEntry } from '#audit/write-entry.ts'
import { runTransaction } from '#db/run-transaction.ts'
import { notify } from '#features/notifications/notify.ts'
import { changedMeanwhile } from '#http/if-match.ts'
import { newId } from '#platform/ids.ts'
import { revokeStartLinks } from '../links/start-link.ts'
import { updateAccount, type AccountRow } from './account-store.ts'
import { lockRights } from './lock-rights.ts'
import type { PeopleDeps } from './people-deps.ts'
import { readReason } from './read-reason.ts'
import { rejectOwnAccount, requireAccount } from './require-account.ts'
import { requireOtherAdmin, requireStillAllowed } from './require-rights.ts'
import { rolesOf, rolesText } from './roles-of.ts'

/** `version`: the version that the change is based on; undefined accepts any version. */
export type NewRoles = {
  readonly roles: readonly PlatformRole[]
  readonly reason: string
  readonly version?: number
}

/**
 * Sets the platform roles of an account. `by`: the admin; null for the command line. Throws `account-not-found`,
 * `not-allowed` for their own account, `changed-meanwhile`, and `last-holder` if no admin would be left.
 */
export async function changeRoles(
  deps: PeopleDeps,
  by: AccountPrincipal | null,
  id: string,
  input: NewRoles,
): Promise<AccountRow> {
  rejectOwnAccount(by, id, 'change your own roles')
  const reason = readReason(input.reason)
  return runTransaction(deps, async (tx) => {
    await lockRights(tx, 'platform')
    const now = deps.clock()
    const account = await requireAccount(tx, id)
    if (input.version !== undefined && input.version !== account.version) throw changedMeanwhile()
    const before = rolesOf(account)
    if (before.includes('admin') && !input.roles.includes('admin')) await requireOtherAdmin(tx, id, now)
    await requireStillAllowed(tx, by, 'accounts:write', now)
    const roles = rolesText(input.roles)
    if (roles === rolesText(before)) return account
    await updateAccount(tx, id, { roles })
    const { email, language } = account
    const recipient = { kind: 'account', id, email, language } as const
    await notify(tx, { newId }, { recipient, kind: 'role-changed', params: { roles }, at: now })
    if (input.roles.includes('admin')) await revokeStartLinks(tx, now)
    const changed = await requireAccount(tx, id)
    await writeEntry(tx, deps, {
      action: 'accounts:change-roles',
      object: { kind: 'account', id },
      before: { roles: before },
      after: { roles: rolesOf(changed) },
      reason,
    })
    return changed
  })
}
