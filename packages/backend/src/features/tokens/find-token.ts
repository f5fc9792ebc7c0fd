import type { TokenPrincipal } from '@kickstand/domain'
import type { Db } from '#db/schema.ts'
import type { Clock } from '#platform/clock.ts'
import { hashOfKey } from '#platform/ids.ts'
import { createLookupCache } from '#platform/lookup-cache.ts'
import { isInNetworks } from '#platform/network.ts'
import { effectiveScopes } from './effective-scopes.ts'
import { hasExpired } from './find-active-token.ts'
import type { TokensTable } from './tables.ts'
import { isTokenText } from './token-text.ts'
import { findTokenByHash, markTokenUsed } from './token-store.ts'

/** `usedAt` is stored at most this often, not at each request. */
const USED_AT_RESOLUTION_MS = 60_000
/** How long a result is cached. A change takes effect on every server after this time at the latest, as for sessions. */
const CACHE_MS = 500

type Deps = { readonly db: Db; readonly clock: Clock; readonly uptime: Clock }

/** A token that is not revoked, with its effective scopes. */
type Found = { readonly row: TokensTable; readonly principal: TokenPrincipal; usedAt: number }

export type TokenFinder = {
  /** The principal of a token; null if the token is unknown, revoked or expired, or if `address` is outside of its networks. */
  find(secret: string, address: string): Promise<TokenPrincipal | null>
  /** Clears the cache, so that a change made by this process takes effect at once. */
  forget(): void
}

/**
 * Answers are kept in memory for a moment, measured by `uptime` (monotonic). `clock` (epoch milliseconds) decides
 * what has expired.
 */
export function createTokenFinder({ db, clock, uptime }: Deps): TokenFinder {
  const cache = createLookupCache<Found | null>(uptime, CACHE_MS)

  async function read(hash: string): Promise<Found | null> {
    const row = await findTokenByHash(db, hash)
    if (row === undefined || row.revoked_at !== null) return null
    const scopes = await effectiveScopes(db, row, clock())
    const { id: tokenId, name, organisation_id: organisationId, feed_id: feedId } = row
    return {
      row,
      usedAt: row.used_at ?? 0,
      principal: { kind: 'token', tokenId, name, scopes, organisationId, feedId },
    }
  }

  async function markUsed(found: Found, now: number): Promise<void> {
    if (now - found.usedAt < USED_AT_RESOLUTION_MS) return
    found.usedAt = now
    // A failure to store the time must not fail the request.
    await markTokenUsed(db, found.row.id, now, now - USED_AT_RESOLUTION_MS).catch(() => undefined)
  }

  return {
    async find(secret, address) {
      if (!isTokenText(secret)) return null
      const hash = hashOfKey(secret)
      const found = await cache.get(hash, () => read(hash))
      const now = clock()
      // Not cached, because the expiry is exact and each request has its own address.
      if (found === null || hasExpired(found.row, now)) return null
      const { networks } = found.row
      if (networks !== '' && !isInNetworks(address, networks.split(','))) return null
      await markUsed(found, now)
      return found.principal
    },
    forget: () => cache.clear(),
  }
}
