import type { Tx } from '#db/schema.ts'
import { revokeLink } from './end-link.ts'
import { readOpenLinkIds, type LinkFilter } from './link-store.ts'

/**
 * Revokes all usable links with these values, in the transaction of the change that replaces them.
 * @returns their ids
 */
export async function revokeLinks(tx: Tx, filter: LinkFilter, now: number): Promise<string[]> {
  const revoked: string[] = []
  for (const id of await readOpenLinkIds(tx, filter, now)) if (await revokeLink(tx, id, now)) revoked.push(id)
  return revoked
}
