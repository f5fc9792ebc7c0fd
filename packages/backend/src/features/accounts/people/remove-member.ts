import { DomainError, type AccountPrincipal } from '@kickstand/domain'
import { writeEntry } from '#audit/write-entry.ts'
import type { Tx } from '#db/schema.ts'
import type { MembershipsTable } from '../tables.ts'
import { changeRights, type RightsDeps } from './change-rights.ts'
import { deleteMembership, readMembership } from './membership-store.ts'
import { readReason } from './read-reason.ts'
import { renewOwnSession } from './renew-own-session.ts'
import { requireMember, requireOtherOwner, type MemberId } from './require-member.ts'

/**
 * Removes a member from an organisation. Throws `account-not-found`, `last-holder` for the only owner, and `invalid-request`
 * for an empty reason.
 * @returns the new secret of the session if people remove themselves; otherwise null
 */
export async function removeMember(
  deps: RightsDeps,
  member: MemberId,
  { reason: given }: { readonly reason?: string | null } = {},
): Promise<string | null> {
  const { organisationId } = member
  const reason = given === undefined || given === null ? null : readReason(given)
  return changeRights(deps, { action: 'members:write', organisationId }, async (tx) => {
    return endMembership(tx, deps, await requireMember(tx, member), 'members:remove', reason)
  })
}

/**
 * Ends the membership of the person who makes the request. Throws `organisation-not-found` if they are not a member, and
 * `last-holder` for the only owner.
 * @returns the new secret of their session; null if it has ended
 */
export async function leaveOrganisation(
  deps: RightsDeps & { readonly principal: AccountPrincipal },
  organisationId: string,
): Promise<string | null> {
  return changeRights(deps, { action: 'own-account', organisationId }, async (tx) => {
    const membership = await readMembership(tx, organisationId, deps.principal.accountId)
    if (membership === undefined)
      throw new DomainError('organisation-not-found', 'You are not a member of such an organisation.')
    return endMembership(tx, deps, membership, 'members:leave', null)
  })
}

async function endMembership(
  tx: Tx,
  deps: RightsDeps,
  { organisation_id: organisationId, account_id: accountId, role }: MembershipsTable,
  action: 'members:remove' | 'members:leave',
  reason: string | null,
): Promise<string | null> {
  if (role === 'owner') await requireOtherOwner(tx, { organisationId, accountId }, deps.clock())
  await deleteMembership(tx, organisationId, accountId)
  await writeEntry(tx, deps, {
    action,
    object: { kind: 'account', id: accountId },
    organisationId,
    before: { role },
    after: null,
    reason,
  })
  return renewOwnSession(tx, deps.principal, accountId)
}
