import type { Db, Tx } from '#db/schema.ts'
import type { FeedKeysTable } from '#features/sensors/tables.ts'

export async function insertKey(tx: Tx, key: FeedKeysTable): Promise<void> {
  await tx.insertInto('feed_keys').values(key).execute()
}

export async function findKeyByHash(db: Db, hash: string): Promise<FeedKeysTable | undefined> {
  return db.selectFrom('feed_keys').selectAll().where('hash', '=', hash).executeTakeFirst()
}

/** All keys, or those of one feed, the newest first. */
export async function readKeys(db: Db, feedId: string | null): Promise<FeedKeysTable[]> {
  let query = db.selectFrom('feed_keys').selectAll()
  if (feedId !== null) query = query.where('feed_id', '=', feedId)
  return query.orderBy('created_at', 'desc').orderBy('id', 'desc').execute()
}

/** Returns false where there is no such key or it is revoked already. */
export async function markRevoked(tx: Tx, id: string, now: number): Promise<boolean> {
  const done = await tx
    .updateTable('feed_keys')
    .set({ revoked_at: now })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

export async function markUsed(db: Db, id: string, now: number): Promise<void> {
  await db.updateTable('feed_keys').set({ used_at: now }).where('id', '=', id).execute()
}
