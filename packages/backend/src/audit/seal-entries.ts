import { isTransient } from '#db/engine.ts'
import type { Database } from '#db/open-database.ts'
import type { Tx } from '#db/schema.ts'
import { insertLinks, readLastLink, readUnsealed } from './audit-store.ts'
import { hashOfLink, NO_HASH } from './entry-hash.ts'

const PAGE = 200

/**
 * Adds the entries that are not in the chain yet, in the order of their ids. Changes never wait for it: each entry is
 * stored with its change, and any process may seal it. Stops early if another one seals at the same moment, or while the
 * database does not respond: the next call continues.
 * @returns the number of entries sealed
 */
export async function sealEntries({ db, engine }: Pick<Database, 'db' | 'engine'>): Promise<number> {
  let sealed = 0
  try {
    // Most of the time there is nothing to do, which needs no transaction.
    while ((await readUnsealed(db, 1)).length > 0) sealed += await db.transaction().execute(sealPage)
  } catch (error) {
    if (!engine.isDuplicate(error) && !isTransient(engine, error)) throw error
  }
  return sealed
}

async function sealPage(tx: Tx): Promise<number> {
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
}
