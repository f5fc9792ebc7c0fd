import type { DbReader } from '#db/schema.ts'
import { createToken, type TokenDeps } from './create-token.ts'
import { readTokensOfFeeds } from './token-store.ts'

/** The token of a feed, without its secret text. Times are in epoch milliseconds. */
export type FeedKey = {
  readonly id: string
  readonly feedId: string
  readonly label: string
  readonly createdAt: number
  readonly usedAt: number | null
  readonly revokedAt: number | null
}

/** Creates a token for sending readings of one feed; see `createToken`. */
export async function createFeedKey(
  deps: TokenDeps,
  feedId: string,
  label: string,
): Promise<FeedKey & { key: string }> {
  const { id, token, name, createdAt } = await createToken(deps, {
    name: label,
    scopes: ['readings:write'],
    organisationId: null,
    feedId,
    networks: [],
    creator: null,
    expiresAt: null,
  })
  return { id, feedId, label: name, createdAt, usedAt: null, revokedAt: null, key: token }
}

/** The tokens of all feeds, or those of one, newest first. */
export async function listFeedKeys({ db }: { readonly db: DbReader }, feedId: string | null): Promise<FeedKey[]> {
  return (await readTokensOfFeeds(db, feedId)).map((row) => ({
    id: row.id,
    feedId: row.feed_id ?? '',
    label: row.name,
    createdAt: row.created_at,
    usedAt: row.used_at,
    revokedAt: row.revoked_at,
  }))
}
