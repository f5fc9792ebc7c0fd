import type { DbReader, Tx } from '#db/schema.ts'
import type { LinksTable } from '../tables.ts'

export async function insertLink(tx: Tx, link: LinksTable): Promise<void> {
  await tx.insertInto('links').values(link).execute()
}

export async function findLinkByHash(db: DbReader, hash: string): Promise<LinksTable | undefined> {
  return db.selectFrom('links').selectAll().where('hash', '=', hash).executeTakeFirst()
}

/** Marks a link as used. Returns false where it was used or revoked meanwhile, or has expired: it works once. */
export async function markLinkUsed(tx: Tx, id: string, now: number): Promise<boolean> {
  const done = await tx
    .updateTable('links')
    .set({ used_at: now })
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

/** Revokes a link that nobody has used. Returns false where there is none. */
export async function markLinkRevoked(tx: Tx, id: string, now: number): Promise<boolean> {
  const done = await tx
    .updateTable('links')
    .set({ revoked_at: now })
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}
