import { DomainError, type AccountPrincipal } from '@kickstand/domain'
import { writeEntry } from '#audit/write-entry.ts'
import { runTransaction } from '#db/run-transaction.ts'
import { createLink, type CreatedLink } from './create-link.ts'
import { mailRecovery, type MailLinkDeps } from './mail-link.ts'
import { revokeLinks } from './revoke-links.ts'
import { lockRights } from '../people/lock-rights.ts'
import type { PeopleDeps } from '../people/people-deps.ts'
import { readReason } from '../people/read-reason.ts'
import { rejectOwnAccount, requireAccount } from '../people/require-account.ts'
import { requireStillAllowed } from '../people/require-rights.ts'
import { isSuspended } from '../people/suspension.ts'

/**
 * Creates a link with which a person sets new credentials for their account, and sends it to them by mail. Earlier recovery
 * links of the account stop working. `by`: the admin; null for the command line. Throws `account-not-found`, and
 * `not-allowed` for a suspended account and for their own.
 */
export async function createAccountRecovery(
  deps: PeopleDeps & MailLinkDeps,
  by: AccountPrincipal | null,
  id: string,
  given: string,
): Promise<CreatedLink> {
  rejectOwnAccount(by, id, 'recover your own account')
  const reason = readReason(given)
  return runTransaction(deps, async (tx) => {
    await lockRights(tx, 'platform')
    const now = deps.clock()
    const account = await requireAccount(tx, id)
    await requireStillAllowed(tx, by, 'accounts:write', now)
    if (isSuspended(account, now))
      throw new DomainError('not-allowed', 'This account is suspended. Lift the suspension first, then recover it.')
    await revokeLinks(tx, { purpose: 'recovery', account_id: id }, now)
    const link = await createLink(tx, deps, {
      purpose: 'recovery',
      email: account.email,
      role: null,
      organisation: null,
      accountId: id,
      createdBy: by?.accountId ?? null,
    })
    await mailRecovery(tx, deps, account, link)
    await writeEntry(tx, deps, {
      action: 'accounts:recovery',
      object: { kind: 'account', id },
      before: null,
      after: { link: link.id, expiresAt: link.expiresAt },
      reason,
    })
    return link
  })
}
