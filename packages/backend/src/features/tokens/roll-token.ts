import type { TokenRoll } from '@kickstand/contract'
import { isScope, type AccountPrincipal } from '@kickstand/domain'
import { writeEntry } from '#audit/write-entry.ts'
import { runTransaction } from '#db/run-transaction.ts'
import { requireRights, toTimestamp, type TokenDeps } from './create-token.ts'
import { findActiveToken, tokenNotFound } from './find-active-token.ts'
import { insertNewToken } from './insert-new-token.ts'
import { markTokenReplaced } from './token-store.ts'

const HOUR_MS = 3_600_000
const OVERLAP_MS: Record<TokenRoll['overlap'], number> = {
  none: 0,
  '1h': HOUR_MS,
  '24h': 24 * HOUR_MS,
  '7d': 7 * 24 * HOUR_MS,
}

/**
 * `id`: the token to replace. `organisationId`: the organisation that the token must belong to; undefined: any. `roller`:
 * null for commands.
 */
export type RollOfToken = {
  readonly id: string
  readonly organisationId?: string
  readonly overlap: TokenRoll['overlap']
  readonly roller: AccountPrincipal | null
}

/**
 * Replaces a token with a new one that has the same name, scopes, networks and feed. The new lifetime has the same length and
 * starts now. The old token works until the overlap ends, to the millisecond. The person who rolls the token sees the new one
 * and becomes its creator, so they must have its scopes. Throws `token-not-found` (also for a token that was already rolled)
 * and `not-allowed`.
 */
export async function rollToken(
  deps: TokenDeps,
  { id, organisationId, overlap, roller }: RollOfToken,
): Promise<{ readonly id: string; readonly token: string }> {
  const now = deps.clock()
  return runTransaction(deps, async (tx) => {
    const old = await findActiveToken(tx, id, now, organisationId)
    const scopes = old.scopes.split(',').filter(isScope)
    await requireRights(tx, roller, { scopes, organisationId: old.organisation_id, now })
    const created = await insertNewToken(tx, {
      name: old.name,
      scopes,
      organisationId: old.organisation_id,
      feedId: old.feed_id,
      networks: old.networks === '' ? [] : old.networks.split(','),
      createdBy: roller?.accountId ?? old.created_by,
      createdAt: now,
      expiresAt: old.expires_at === null ? null : now + (old.expires_at - old.created_at),
    })
    const endsAt = Math.min(now + OVERLAP_MS[overlap], old.expires_at ?? Number.POSITIVE_INFINITY)
    if (!(await markTokenReplaced(tx, id, { replaced_by: created.id, expires_at: endsAt }))) throw tokenNotFound(id)
    await writeEntry(tx, deps, {
      action: 'tokens:roll',
      object: { kind: 'token', id },
      organisationId: old.organisation_id,
      before: { name: old.name, replacedBy: null, expiresAt: toTimestamp(old.expires_at) },
      after: { name: old.name, replacedBy: created.id, expiresAt: toTimestamp(endsAt) },
    })
    return created
  })
}
