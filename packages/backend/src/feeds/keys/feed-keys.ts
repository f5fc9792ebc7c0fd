import { cleanText, DomainError } from '@kickstand/domain'
import type { Db } from '#db/schema.ts'
import type { Clock } from '#platform/clock.ts'
import { hashOfKey, newFeedKey, newId } from '#platform/ids.ts'
import { findKeyByHash, insertKey, markRevoked, markUsed, readKeys } from './key-store.ts'

const FEED_ID = /^[a-z0-9][a-z0-9-]{0,62}$/
const LABEL_LENGTH = 100
/** How exactly it is known when a key was used last: each reading need not write it down. */
const USED_EVERY = 60_000

/** A key as it may be listed: never the key itself. Times in epoch milliseconds. */
export type FeedKey = {
  readonly id: string
  readonly feedId: string
  readonly label: string
  readonly createdAt: number
  readonly usedAt: number | null
  readonly revokedAt: number | null
}

type Deps = { readonly db: Db; readonly clock: Clock }

/**
 * Makes a key that readings of one feed are sent with. `key` is told this once: only its hash is kept. Throws
 * `invalid-request` for what cannot be the id of a feed.
 */
export async function createFeedKey(
  { db, clock }: Deps,
  feedId: string,
  label: string,
): Promise<FeedKey & { key: string }> {
  if (!FEED_ID.test(feedId)) {
    const text = `"${feedId}" cannot be the id of a feed. Use small letters, digits and hyphens, as in its profile.`
    throw new DomainError('invalid-request', text)
  }
  const key = newFeedKey()
  const made = {
    id: newId(),
    feedId,
    label: cleanText(label).slice(0, LABEL_LENGTH),
    createdAt: clock(),
    usedAt: null,
    revokedAt: null,
  }
  await insertKey(db, {
    id: made.id,
    feed_id: feedId,
    hash: hashOfKey(key),
    label: made.label,
    created_at: made.createdAt,
    used_at: null,
    revoked_at: null,
  })
  return { ...made, key }
}

/** All keys, or those of one feed, the newest first. */
export async function listFeedKeys({ db }: Pick<Deps, 'db'>, feedId: string | null): Promise<FeedKey[]> {
  const rows = await readKeys(db, feedId)
  return rows.map((row) => ({
    id: row.id,
    feedId: row.feed_id,
    label: row.label,
    createdAt: row.created_at,
    usedAt: row.used_at,
    revokedAt: row.revoked_at,
  }))
}

/** Ends a key at once. Throws `not-found` where there is no such key, or it was ended before. */
export async function revokeFeedKey({ db, clock }: Deps, id: string): Promise<void> {
  if (await markRevoked(db, id, clock())) return
  throw new DomainError('not-found', `There is no key ${id} in use. npx kickstand keys list names those there are.`)
}

/**
 * The id of a key, if whoever sends it may speak for a feed. Throws `feed-key-required` where it is none or was revoked, and
 * `feed-key-refused` where it is another feed's.
 */
export async function checkFeedKey({ db, clock }: Deps, feedId: string, key: string | null): Promise<string> {
  const found = key === null ? undefined : await findKeyByHash(db, hashOfKey(key))
  if (found === undefined || found.revoked_at !== null) {
    const text =
      'Readings are sent with the key of their feed: Authorization: Bearer ks_feed_… Make one with npx kickstand keys create.'
    throw new DomainError('feed-key-required', text)
  }
  if (found.feed_id !== feedId) {
    throw new DomainError('feed-key-refused', `This key is for the feed ${found.feed_id}, not for ${feedId}.`)
  }
  const now = clock()
  if (now - (found.used_at ?? 0) >= USED_EVERY) await markUsed(db, found.id, now)
  return found.id
}
