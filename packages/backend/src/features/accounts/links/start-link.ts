import { writeEntry } from '#audit/write-entry.ts'
import { runTransaction } from '#db/run-transaction.ts'
import type { Tx } from '#db/schema.ts'
import type { NewId } from '#platform/ids.ts'
import { readAdmins } from '../people/admin-store.ts'
import { lockRights } from '../people/lock-rights.ts'
import type { PeopleDeps } from '../people/people-deps.ts'
import { createLink, type CreatedLink } from './create-link.ts'
import { revokeLinks } from './revoke-links.ts'

/**
 * Creates the link with which the first person becomes an admin, at a start of the service; null where there is an admin.
 * The link of an earlier start no longer works.
 */
export async function createStartLink(deps: PeopleDeps & { readonly newId: NewId }): Promise<CreatedLink | null> {
  // Most starts write nothing.
  if ((await readAdmins(deps.db)).length > 0) return null
  return runTransaction(deps, async (tx) => {
    await lockRights(tx, 'platform')
    if ((await readAdmins(tx)).length > 0) return null
    await revokeStartLinks(tx, deps.clock())
    const link = await createLink(tx, deps, {
      purpose: 'setup',
      email: null,
      role: 'admin',
      organisation: null,
      accountId: null,
      createdBy: null,
    })
    await writeEntry(tx, deps, {
      action: 'links:create',
      object: { kind: 'link', id: link.id },
      before: null,
      after: { purpose: 'setup', role: 'admin', expiresAt: link.expiresAt },
    })
    return link
  })
}

/**
 * Revokes what starts of the service have printed. These links name no person, so they must end once there is an admin. Call it
 * where an account becomes one.
 */
export async function revokeStartLinks(tx: Tx, now: number): Promise<void> {
  await revokeLinks(tx, { purpose: 'setup', email: null }, now)
}
