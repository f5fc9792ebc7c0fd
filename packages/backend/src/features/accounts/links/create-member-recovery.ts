import { DomainError } from '@kickstand/domain'
import { writeEntry } from '#audit/write-entry.ts'
import { readAccount } from '../people/account-store.ts'
import { changeRights, type RightsDeps } from '../people/change-rights.ts'
import { readReason } from '../people/read-reason.ts'
import { rejectOwnAccount } from '../people/require-account.ts'
import { requireMember } from '../people/require-member.ts'
import { requireRecoverable } from '../people/require-recoverable.ts'
import { createLink, type CreatedLink } from './create-link.ts'
import { mailRecovery, type MailLinkDeps } from './mail-link.ts'
import { revokeLinks } from './revoke-links.ts'

/**
 * Creates a link with which a member sets a new password or passkey, and sends it to them by mail. Earlier links stop
 * working. Throws `account-not-found` if the account is not a member, and `not-allowed` if it has rights outside of the
 * organisation or is that of the person who makes the request.
 */
export async function createMemberRecovery(
  deps: RightsDeps & MailLinkDeps,
  organisation: { readonly id: string; readonly name: string },
  accountId: string,
  given: string,
): Promise<CreatedLink> {
  const organisationId = organisation.id
  rejectOwnAccount(deps.principal, accountId, 'recover your own account', 'owner or admin')
  const reason = readReason(given)
  return changeRights(deps, { action: 'members:write', organisationId }, async (tx) => {
    await requireMember(tx, { organisationId, accountId })
    const account = await readAccount(tx, accountId)
    if (account === undefined) throw new DomainError('account-not-found', 'This account does not exist any more.')
    await requireRecoverable(tx, account, organisationId)
    await revokeLinks(tx, { purpose: 'recovery', account_id: accountId }, deps.clock())
    const createdBy = deps.principal?.accountId ?? null
    const link = await createLink(tx, deps, {
      purpose: 'recovery',
      email: account.email,
      role: null,
      organisation,
      accountId,
      createdBy,
    })
    await mailRecovery(tx, deps, account, link)
    await writeEntry(tx, deps, {
      action: 'accounts:recovery',
      object: { kind: 'account', id: accountId },
      organisationId,
      before: null,
      after: { link: link.id, expiresAt: link.expiresAt },
      reason,
    })
    return link
  })
}
