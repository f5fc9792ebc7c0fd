import type { Db, DbReader, Tx } from '#db/schema.ts'
import type { TokensTable } from './tables.ts'

export async function insertToken(tx: Tx, token: TokensTable): Promise<void> {
  await tx.insertInto('tokens').values(token).execute()
}

export async function findTokenByHash(db: DbReader, hash: string): Promise<TokensTable | undefined> {
  return db.selectFrom('tokens').selectAll().where('hash', '=', hash).executeTakeFirst()
}

/** Stores the time of a use, unless another server has stored one since `unlessSince`. */
export async function markTokenUsed(db: Db, id: string, now: number, unlessSince: number): Promise<void> {
  await db
    .updateTable('tokens')
    .set({ used_at: now })
    .where('id', '=', id)
    .where((where) => where.or([where('used_at', 'is', null), where('used_at', '<=', unlessSince)]))
    .execute()
}

export async function readToken(db: DbReader, id: string): Promise<TokensTable | undefined> {
  return db.selectFrom('tokens').selectAll().where('id', '=', id).executeTakeFirst()
}

/** Returns false if there is no such token or it is already revoked. */
export async function markTokenRevoked(tx: Tx, id: string, now: number): Promise<boolean> {
  const done = await tx
    .updateTable('tokens')
    .set({ revoked_at: now })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

/** Revokes the tokens that an account created and that have not expired. Returns how many. */
export async function markTokensOfRevoked(tx: Tx, accountId: string, now: number): Promise<number> {
  const done = await tx
    .updateTable('tokens')
    .set({ revoked_at: now })
    .where('created_by', '=', accountId)
    .where('revoked_at', 'is', null)
    .where((where) => where.or([where('expires_at', 'is', null), where('expires_at', '>', now)]))
    .executeTakeFirst()
  return Number(done.numUpdatedRows)
}

/** Returns false if there is no such token, or it is already revoked or replaced. */
export async function markTokenReplaced(
  tx: Tx,
  id: string,
  changes: { readonly replaced_by: string; readonly expires_at: number },
): Promise<boolean> {
  const done = await tx
    .updateTable('tokens')
    .set(changes)
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .where('replaced_by', 'is', null)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

/** Tokens of an organisation; null: all tokens. The newest first. */
export async function readTokens(db: DbReader, organisationId: string | null): Promise<TokensTable[]> {
  let query = db.selectFrom('tokens').selectAll()
  if (organisationId !== null) query = query.where('organisation_id', '=', organisationId)
  return query.orderBy('created_at', 'desc').orderBy('id', 'desc').execute()
}

/** Tokens that may send readings of a feed, or of any, newest first. */
export async function readTokensOfFeeds(db: DbReader, feedId: string | null): Promise<TokensTable[]> {
  let query = db.selectFrom('tokens').selectAll().where('feed_id', 'is not', null)
  if (feedId !== null) query = query.where('feed_id', '=', feedId)
  return query.orderBy('created_at', 'desc').orderBy('id', 'desc').execute()
}
