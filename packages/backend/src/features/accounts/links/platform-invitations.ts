import type { InvitationListBody } from '@kickstand/contract'
import { DomainError, type AccountPrincipal } from '@kickstand/domain'
import { writeEntry } from '#audit/write-entry.ts'
import { runTransaction } from '#db/run-transaction.ts'
import type { Db } from '#db/schema.ts'
import type { Clock } from '#platform/clock.ts'
import { lockRights } from '../people/lock-rights.ts'
import type { PeopleDeps } from '../people/people-deps.ts'
import { requireStillAllowed } from '../people/require-rights.ts'
import { revokeLink } from './end-link.ts'
import { toInvitation } from './invitation-body.ts'
import { readInvitationLink, readInvitationLinks } from './link-store.ts'

const LISTED_MS = 90 * 24 * 3_600_000
const MAX_LISTED = 500

/** The invitations to platform roles of the last 90 days, newest first, at most 500. */
export async function listPlatformInvitations({
  db,
  clock,
}: {
  readonly db: Db
  readonly clock: Clock
}): Promise<InvitationListBody> {
  const now = clock()
  const links = await readInvitationLinks(db, null, { since: now - LISTED_MS, limit: MAX_LISTED })
  return { invitations: links.map((link) => toInvitation(link, now)) }
}

/**
 * Revokes an invitation to a platform role. Throws `not-found` if there is none, and `link-not-usable` if it was accepted
 * or revoked already.
 */
export async function revokePlatformInvitation(deps: PeopleDeps, by: AccountPrincipal, id: string): Promise<void> {
  await runTransaction(deps, async (tx) => {
    await lockRights(tx, 'platform')
    const now = deps.clock()
    await requireStillAllowed(tx, by, 'accounts:write', now)
    if ((await readInvitationLink(tx, null, id)) === undefined)
      throw new DomainError('not-found', 'There is no such invitation. Reload the list.')
    if (!(await revokeLink(tx, id, now)))
      throw new DomainError('link-not-usable', 'This invitation was accepted or revoked already. Reload the list.')
    await writeEntry(tx, deps, {
      action: 'invitations:revoke',
      object: { kind: 'invitation', id },
      before: { revoked: false },
      after: { revoked: true },
    })
  })
}
