import type { Tx } from '#db/schema.ts'
import { insertRightsVersion, raiseRightsVersion } from './rights-store.ts'

/**
 * Makes changes of rights in one scope (`platform` or the id of an organisation) run one after the other. Call it first in
 * the transaction: two admins who demote each other then cannot both see the other one as an admin. Where the engine
 * detects a conflict instead, the transaction fails as a deadlock, which is retried.
 */
export async function lockRights(tx: Tx, scope: string): Promise<void> {
  if (await raiseRightsVersion(tx, scope)) return
  await insertRightsVersion(tx, scope)
}
