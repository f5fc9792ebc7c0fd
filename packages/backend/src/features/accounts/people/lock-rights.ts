import type { Tx } from '#db/schema.ts'
import { insertRightsVersion, raiseRightsVersion } from './rights-store.ts'

/**
 * Makes changes of rights in one scope (`platform` or the id of an organisation) run one after the other. Call it first in
 * the transaction. This prevents two admins from demoting each other at the same moment. If the database engine reports a
 * conflict instead of waiting, the transaction fails as a deadlock and is retried.
 */
export async function lockRights(tx: Tx, scope: string): Promise<void> {
  if (await raiseRightsVersion(tx, scope)) return
  await insertRightsVersion(tx, scope)
}
