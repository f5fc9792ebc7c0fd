import type { OrganisationRole } from '@kickstand/domain'
import { writeEntry } from '#audit/write-entry.ts'
import { changeRights, type RightsDeps } from './change-rights.ts'
import { readReason } from './read-reason.ts'
import { renewOwnSession } from './renew-own-session.ts'
import { updateMembershipRole } from './membership-store.ts'
import { requireMember, requireOtherOwner, type MemberId } from './require-member.ts'

/**
 * Gives a member another role. Throws `account-not-found`, `last-holder` for the only owner, and
 * `invalid-request` for an empty reason.
 * @returns the new secret of the session if people change their own role; otherwise null
 */
export async function changeMemberRole(
  deps: RightsDeps,
  member: MemberId,
  { role, reason: given }: { readonly role: OrganisationRole; readonly reason?: string | null },
): Promise<string | null> {
  const { organisationId, accountId } = member
  const reason = given === undefined || given === null ? null : readReason(given)
  return changeRights(deps, { action: 'members:write', organisationId }, async (tx) => {
    const { role: former } = await requireMember(tx, member)
    if (former === role) return null
    if (former === 'owner') await requireOtherOwner(tx, member, deps.clock())
    await updateMembershipRole(tx, organisationId, accountId, role)
    await writeEntry(tx, deps, {
      action: 'members:change',
      object: { kind: 'account', id: accountId },
      organisationId,
      before: { role: former },
      after: { role },
      reason,
    })
    return renewOwnSession(tx, deps.principal, accountId)
  })
}
