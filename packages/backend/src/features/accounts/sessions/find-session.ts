import type { AccountPrincipal } from '@kickstand/domain'
import type { Db } from '#db/schema.ts'
import type { Clock } from '#platform/clock.ts'
import { hashOfKey } from '#platform/ids.ts'
import { createLookupCache } from '#platform/lookup-cache.ts'
import { isSuspended } from '../people/suspension.ts'
import { isPast, type SessionLimits } from './session-limits.ts'
import { principalOfSession } from './session-principal.ts'
import { findSession, markSessionUsed } from './session-store.ts'

/** `usedAt` is stored at most this often, not at each request. */
const USED_AT_RESOLUTION_MS = 60_000
/**
 * How long an answer is cached. A demotion or suspension takes effect on every server after this time at the latest, and
 * within a second including the time of a request.
 */
const CACHE_MS = 500

type Deps = { readonly db: Db; readonly clock: Clock; readonly uptime: Clock; readonly limits: SessionLimits }

export type SessionFinder = {
  /** The account of a session; null if the session is unknown or has ended, or the account is suspended. */
  find(secret: string): Promise<AccountPrincipal | null>
  /** Clears the cache, so that a change made by this process takes effect at once. */
  forget(): void
}

/**
 * Answers are kept in memory for a moment, measured by `uptime` (monotonic). `clock` (epoch milliseconds) decides
 * which sessions have ended.
 */
export function createSessionFinder({ db, clock, uptime, limits }: Deps): SessionFinder {
  const cache = createLookupCache<AccountPrincipal | null>(uptime, CACHE_MS)
  async function read(hash: string): Promise<AccountPrincipal | null> {
    const now = clock()
    const row = await findSession(db, 'hash', hash)
    if (row === undefined || isSuspended(row, now)) return null
    if (isPast(row, limits, now)) return null
    if (now - row.used_at >= USED_AT_RESOLUTION_MS) await markSessionUsed(db, row.id, now)
    return principalOfSession(db, row)
  }
  return {
    async find(secret) {
      const hash = hashOfKey(secret)
      return cache.get(hash, () => read(hash))
    },
    forget: () => cache.clear(),
  }
}
