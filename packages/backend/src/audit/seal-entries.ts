import type { Database } from '#db/open-database.ts'
import { insertLinks, readLastLink, readUnsealed } from './audit-store.ts'
import { hashOfLink, NO_HASH } from './entry-hash.ts'

const PAGE = 200

/**
 * Adds the entries that are not in the chain yet, in the order of their ids. Changes never wait for it: each entry is
 * stored with its change, and any process may seal it. If another one does so at the same moment, nothing is done here.
 * @returns the number of entries sealed
 */
export async function sealEntries({ db, engine }: Pick<Database, 'db' | 'engine'>): Promise<number> {
  let sealed = 0
  for (;;) {
    // Most of the time there is nothing to do, which needs no transaction.
    if ((await readUnsealed(db, 1)).length === 0) return sealed
    try {
      sealed += await db.transaction().execute(async (tx) => {
        const entries = await readUnsealed(tx, PAGE)
        const last = await readLastLink(tx)
        let seq = last?.seq ?? 0
        let hash = last?.hash ?? NO_HASH
        const links = entries.map((entry) => {
          seq += 1
          hash = hashOfLink(hash, seq, entry)
          return { seq, entry_id: entry.id, hash }
        })
        if (links.length > 0) await insertLinks(tx, links)
        return links.length
      })
    } catch (error) {
      // Another process seals the same entries.
      if (engine.isDuplicate(error) || engine.isRetryable(error)) return sealed
      throw error
    }
  }
}
