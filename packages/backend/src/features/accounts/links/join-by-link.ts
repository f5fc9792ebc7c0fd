import { DomainError, type AccountPrincipal } from '@kickstand/domain'
import { writeEntry, type AuditDeps } from '#audit/write-entry.ts'
import type { Engine } from '#db/engine.ts'
import { runTransaction } from '#db/run-transaction.ts'
import type { Db } from '#db/schema.ts'
import { signInRequired } from '#http/auth/principal.ts'
import { readAccount } from '../people/account-store.ts'
import { isSuspended } from '../people/suspension.ts'
import { renewSession } from '../sessions/open-session.ts'
import { grantRole, lockRightsOf } from './grant-role.ts'
import { findUsableLink, linkNotUsable, useLink } from './usable-link.ts'

/**
 * Accepts an invitation with the account of the person who has signed in.
 * @returns the new secret of their session
 * Throws `link-not-usable`, and `not-allowed` for an invitation to another e-mail address.
 */
export async function joinByLink(
  deps: AuditDeps & { readonly db: Db; readonly engine: Engine },
  { accountId, sessionId }: AccountPrincipal,
  secret: string,
): Promise<string> {
  const now = deps.clock()
  const link = await findUsableLink(deps.db, secret, now)
  if (link.purpose === 'recovery') throw linkNotUsable()
  return runTransaction(deps, async (tx) => {
    await lockRightsOf(tx, link)
    const account = await readAccount(tx, accountId)
    if (account === undefined || isSuspended(account, now)) throw signInRequired()
    if (link.email !== null && link.email !== account.email) {
      throw new DomainError(
        'not-allowed',
        'This invitation is for another e-mail address than that of your account. Ask for one to your address.',
      )
    }
    await useLink(tx, link, now)
    const { before, after } = await grantRole(tx, accountId, link, now)
    await writeEntry(tx, deps, {
      action: 'invitations:accept',
      object: { kind: 'account', id: accountId },
      organisationId: link.organisation_id,
      before: { roles: before },
      after: { roles: after, invitation: link.id },
    })
    const renewed = await renewSession(tx, sessionId)
    if (renewed === null) throw signInRequired()
    return renewed
  })
}
