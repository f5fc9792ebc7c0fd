import type { AccountPrincipal } from '@kickstand/domain'
import type { Tx } from '#db/schema.ts'
import { renewSession } from '../sessions/open-session.ts'

/**
 * Renews the session of people who changed their own rights.
 * @returns its new secret; null if another person's rights changed or the session has ended
 */
export async function renewOwnSession(
  tx: Tx,
  principal: AccountPrincipal | null,
  changedAccountId: string,
): Promise<string | null> {
  return principal?.accountId === changedAccountId ? renewSession(tx, principal.sessionId) : null
}
