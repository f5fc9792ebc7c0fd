import type { InvitationListBody } from '@kickstand/contract'
import { DomainError } from '@kickstand/domain'
import { writeEntry } from '#audit/write-entry.ts'
import type { Db } from '#db/schema.ts'
import type { Clock } from '#platform/clock.ts'
import { changeRights, type RightsDeps } from '../people/change-rights.ts'
import { revokeLink } from './end-link.ts'
import { toInvitation } from './invitation-body.ts'
import { readInvitationLink, readInvitationLinks } from './link-store.ts'

const LISTED_MS = 90 * 24 * 3_600_000
const MAX_LISTED = 500

/** The invitations to an organisation of the last 90 days, newest first, at most 500. */
export async function listMemberInvitations(
  { db, clock }: { readonly db: Db; readonly clock: Clock },
  organisationId: string,
): Promise<InvitationListBody> {
  const now = clock()
  const links = await readInvitationLinks(db, organisationId, { since: now - LISTED_MS, limit: MAX_LISTED })
  return { invitations: links.map((link) => toInvitation(link, now)) }
}

/**
 * Revokes an invitation to an organisation. Throws `not-found` if it has no such invitation, and `link-not-usable` if
 * it was already accepted or revoked.
 */
export async function revokeMemberInvitation(deps: RightsDeps, organisationId: string, id: string): Promise<void> {
  await changeRights(deps, { action: 'members:write', organisationId }, async (tx) => {
    const link = await readInvitationLink(tx, organisationId, id)
    if (link === undefined)
      throw new DomainError('not-found', 'This organisation has no such invitation. Reload the list.')
    if (!(await revokeLink(tx, id, deps.clock())))
      throw new DomainError('link-not-usable', 'This invitation was accepted or revoked already. Reload the list.')
    await writeEntry(tx, deps, {
      action: 'invitations:revoke',
      object: { kind: 'invitation', id },
      organisationId,
      before: { revoked: false },
      after: { revoked: true },
    })
  })
}
