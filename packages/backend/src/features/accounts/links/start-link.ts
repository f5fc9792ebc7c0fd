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
 * Creates, at the start of the service, the link with which the first person becomes an admin; null if there is an admin. The
 * link of an earlier start stops working.
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
 * Revokes the setup links that starts of the service have printed. Anybody can use these links, so they must stop working
 * once there is an admin. Call this function when an account becomes an admin.
 */
export async function revokeStartLinks(tx: Tx, now: number): Promise<void> {
  await revokeLinks(tx, { purpose: 'setup', email: null }, now)
}
