import type { Db, DbReader, Tx } from '#db/schema.ts'
import type { TokensTable } from './tables.ts'

export async function insertToken(tx: Tx, token: TokensTable): Promise<void> {
  await tx.insertInto('tokens').values(token).execute()
}

export async function findTokenByHash(db: DbReader, hash: string): Promise<TokensTable | undefined> {
  return db.selectFrom('tokens').selectAll().where('hash', '=', hash).executeTakeFirst()
}

export async function markTokenUsed(db: Db, id: string, now: number): Promise<void> {
  await db.updateTable('tokens').set({ used_at: now }).where('id', '=', id).execute()
}

export async function readToken(db: DbReader, id: string): Promise<TokensTable | undefined> {
  return db.selectFrom('tokens').selectAll().where('id', '=', id).executeTakeFirst()
}

/** Returns false where there is no such token or it is revoked already. */
export async function markTokenRevoked(tx: Tx, id: string, now: number): Promise<boolean> {
  const done = await tx
    .updateTable('tokens')
    .set({ revoked_at: now })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

/** Tokens that may send readings of a feed, or of any, the newest first. */
export async function readTokensOfFeeds(db: DbReader, feedId: string | null): Promise<TokensTable[]> {
  let query = db.selectFrom('tokens').selectAll().where('feed_id', 'is not', null)
  if (feedId !== null) query = query.where('feed_id', '=', feedId)
  return query.orderBy('created_at', 'desc').orderBy('id', 'desc').execute()
}
