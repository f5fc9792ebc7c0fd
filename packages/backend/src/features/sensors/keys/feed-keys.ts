import { cleanText, DomainError } from '@kickstand/domain'
import type { Db } from '#db/schema.ts'
import { writeEntry, type AuditDeps } from '#audit/write-entry.ts'
import type { Clock } from '#platform/clock.ts'
import { hashOfKey, newFeedKey, newId } from '#platform/ids.ts'
import { findKeyByHash, insertKey, markRevoked, markUsed, readKeys } from './key-store.ts'

const FEED_ID = /^[a-z0-9][a-z0-9-]{0,62}$/
const MAX_LABEL_LENGTH = 100
/** `usedAt` is stored at most this often, not at each request. */
const USED_AT_RESOLUTION_MS = 60_000

/** A key without its secret. Times in epoch milliseconds. */
export type FeedKey = {
  readonly id: string
  readonly feedId: string
  readonly label: string
  readonly createdAt: number
  readonly usedAt: number | null
  readonly revokedAt: number | null
}

type Deps = { readonly db: Db; readonly clock: Clock }
type ChangeDeps = Deps & AuditDeps

/**
 * Creates a key for sending readings of one feed. `key` is returned only here, since only its hash is stored. Throws
 * `invalid-request` for an invalid feed id.
 */
export async function createFeedKey(
  { db, clock, actor }: ChangeDeps,
  feedId: string,
  label: string,
): Promise<FeedKey & { key: string }> {
  if (!FEED_ID.test(feedId)) {
    const text = `"${feedId}" is not a valid feed id. Expected lowercase letters, digits and hyphens, as in its profile.`
    throw new DomainError('invalid-request', text)
  }
  const key = newFeedKey()
  const created = {
    id: newId(),
    feedId,
    label: cleanText(label).slice(0, MAX_LABEL_LENGTH),
    createdAt: clock(),
    usedAt: null,
    revokedAt: null,
  }
  await db.transaction().execute(async (tx) => {
    await insertKey(tx, {
      id: created.id,
      feed_id: feedId,
      hash: hashOfKey(key),
      label: created.label,
      created_at: created.createdAt,
      used_at: null,
      revoked_at: null,
    })
    const after = { feedId, label: created.label }
    await writeEntry(
      tx,
      { actor, clock },
      { action: 'feed-keys:create', object: keyObject(created.id), before: null, after },
    )
  })
  return { ...created, key }
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

/** Revokes a key at once. Throws `not-found` where it does not exist or is revoked already. */
export async function revokeFeedKey({ db, clock, actor }: ChangeDeps, id: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    if (!(await markRevoked(tx, id, clock())))
      throw new DomainError('not-found', `There is no active key ${id}. "npx kickstand keys list" lists the keys.`)
    const states = { before: { revoked: false }, after: { revoked: true } }
    await writeEntry(tx, { actor, clock }, { action: 'feed-keys:revoke', object: keyObject(id), ...states })
  })
}

const keyObject = (id: string) => ({ kind: 'feed-key', id })

/**
 * Checks that a key may send readings of a feed, and returns its id. Throws `feed-key-required` where it is missing,
 * unknown or revoked, and `feed-key-rejected` where it belongs to another feed.
 */
export async function checkFeedKey({ db, clock }: Deps, feedId: string, key: string | null): Promise<string> {
  const found = key === null ? undefined : await findKeyByHash(db, hashOfKey(key))
  if (found === undefined || found.revoked_at !== null) {
    const text =
      'Readings need the key of their feed: Authorization: Bearer ks_feed_… Create one with "npx kickstand keys create".'
    throw new DomainError('feed-key-required', text)
  }
  if (found.feed_id !== feedId) {
    throw new DomainError('feed-key-rejected', `This key is for the feed ${found.feed_id}, not for ${feedId}.`)
  }
  const now = clock()
  if (now - (found.used_at ?? 0) >= USED_AT_RESOLUTION_MS) await markUsed(db, found.id, now)
  return found.id
}
