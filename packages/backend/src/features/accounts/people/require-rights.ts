import { DomainError, type AccountPrincipal, type Action } from '@kickstand/domain'
import type { Tx } from '#db/schema.ts'
import { countAdmins } from './admin-store.ts'
import { requireStill } from './require-still.ts'

/**
 * Throws if the admin who makes a change is no longer allowed to, because their session ended, they lost the role or were
 * suspended after the request began. Call it after `lockRights`. `by`: null for the command line, which may do everything.
 */
export async function requireStillAllowed(
  tx: Tx,
  by: AccountPrincipal | null,
  action: Action,
  now: number,
): Promise<void> {
  if (by !== null) await requireStill(tx, by, action, now)
}

/**
 * Throws `last-holder` if this account is the only admin who can sign in. Call it after `lockRights` for the platform, before
 * an admin is demoted, suspended or erased.
 */
export async function requireOtherAdmin(tx: Tx, accountId: string, now: number): Promise<void> {
  if ((await countAdmins(tx, { exceptId: accountId, now })) > 0) return
  throw new DomainError(
    'last-holder',
    'This is the last admin who can sign in. Make somebody else an admin first, then try again.',
  )
}
