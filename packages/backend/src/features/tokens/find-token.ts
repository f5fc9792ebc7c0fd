import { isScope, scopesWithin, type TokenPrincipal } from '@kickstand/domain'
import type { Db } from '#db/schema.ts'
import { readAccountPrincipal } from '#features/accounts/people/account-principal.ts'
import type { Clock } from '#platform/clock.ts'
import { hashOfKey } from '#platform/ids.ts'
import { isInNetworks } from '#platform/network.ts'
import type { TokensTable } from './tables.ts'
import { isTokenText } from './token-text.ts'
import { findTokenByHash, markTokenUsed } from './token-store.ts'

/** `usedAt` is stored at most this often, not at each request. */
const USED_AT_RESOLUTION_MS = 60_000
/** As for sessions: what changes counts on every server after that time at the latest. */
const CACHE_MS = 500
const MAX_CACHED = 10_000

type Deps = { readonly db: Db; readonly clock: Clock; readonly uptime: Clock }

/** A token that is not revoked, with what is left of its scopes. */
type Found = { readonly row: TokensTable; readonly principal: TokenPrincipal }

export type TokenFinder = {
  /**
   * What a token stands for; null where it is unknown, revoked or expired, or where `address` is outside of its networks.
   */
  find(secret: string, address: string): Promise<TokenPrincipal | null>
  /** Forgets what is in memory, so that a change of this process counts at once. */
  forget(): void
}

export function createTokenFinder({ db, clock, uptime }: Deps): TokenFinder {
  const cache = new Map<string, { readonly at: number; readonly found: Promise<Found | null> }>()
  async function read(hash: string): Promise<Found | null> {
    const row = await findTokenByHash(db, hash)
    if (row === undefined || row.revoked_at !== null) return null
    const now = clock()
    if (now - (row.used_at ?? 0) >= USED_AT_RESOLUTION_MS) await markTokenUsed(db, row.id, now)
    const scopes = row.scopes.split(',').filter(isScope)
    const creator = row.created_by === null ? null : await readAccountPrincipal(db, row.created_by, now)
    const isBounded = row.created_by !== null
    const object = { organisationId: row.organisation_id }
    const left = isBounded ? (creator === null ? [] : scopesWithin(scopes, creator, object)) : scopes
    return {
      row,
      principal: {
        kind: 'token',
        tokenId: row.id,
        name: row.name,
        scopes: left,
        organisationId: row.organisation_id,
        feedId: row.feed_id,
      },
    }
  }
  return {
    async find(secret, address) {
      if (!isTokenText(secret)) return null
      const hash = hashOfKey(secret)
      const now = uptime()
      let cached = cache.get(hash)
      if (cached === undefined || now - cached.at >= CACHE_MS) {
        if (cache.size >= MAX_CACHED) cache.clear()
        cached = { at: now, found: read(hash) }
        cache.set(hash, cached)
        // A failure is not an answer: the next request tries again.
        cached.found.catch(() => cache.delete(hash))
      }
      const found = await cached.found
      if (found === null) return null
      const { expires_at, networks } = found.row
      // Outside of the cache: the end is exact, and each request has its own address.
      if (expires_at !== null && clock() >= expires_at) return null
      return networks === '' || isInNetworks(address, networks.split(',')) ? found.principal : null
    },
    forget: () => cache.clear(),
  }
}
