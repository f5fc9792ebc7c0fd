import { DomainError } from '@kickstand/domain'
import type { AuditDeps } from '#audit/write-entry.ts'
import type { Db } from '#db/schema.ts'
import { createToken } from './create-token.ts'
import { readTokensOfFeeds } from './token-store.ts'

const FEED_ID = /^[a-z0-9][a-z0-9-]{0,62}$/

/** The token of a feed, without its text. Times in epoch milliseconds. */
export type FeedKey = {
  readonly id: string
  readonly feedId: string
  readonly label: string
  readonly createdAt: number
  readonly usedAt: number | null
  readonly revokedAt: number | null
}

/**
 * Creates a token for sending readings of one feed; see `createToken`. Throws `invalid-request` for an invalid feed id.
 */
export async function createFeedKey(
  deps: AuditDeps & { readonly db: Db },
  feedId: string,
  label: string,
): Promise<FeedKey & { key: string }> {
  if (!FEED_ID.test(feedId)) {
    const text = `"${feedId}" is not a valid feed id. Expected lowercase letters, digits and hyphens, as in its profile.`
    throw new DomainError('invalid-request', text)
  }
  const { id, token, name, createdAt } = await createToken(deps, {
    name: label,
    scopes: ['readings:write'],
    organisationId: null,
    feedId,
    networks: [],
    createdBy: null,
    expiresAt: null,
  })
  return { id, feedId, label: name, createdAt, usedAt: null, revokedAt: null, key: token }
}

/** The tokens of all feeds, or those of one, the newest first. */
export async function listFeedKeys({ db }: { readonly db: Db }, feedId: string | null): Promise<FeedKey[]> {
  return (await readTokensOfFeeds(db, feedId)).map((row) => ({
    id: row.id,
    feedId: row.feed_id ?? '',
    label: row.name,
    createdAt: row.created_at,
    usedAt: row.used_at,
    revokedAt: row.revoked_at,
  }))
}
