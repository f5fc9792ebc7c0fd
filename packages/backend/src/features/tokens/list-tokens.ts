import type { TokenBody } from '@kickstand/contract'
import { isScope } from '@kickstand/domain'
import type { DbReader } from '#db/schema.ts'
import { readAccountNames } from '#features/accounts/people/account-names.ts'
import { requireOrganisation } from '#features/organisations/show-organisation.ts'
import type { Clock } from '#platform/clock.ts'
import { toTimestamp } from './create-token.ts'
import { effectiveScopes } from './effective-scopes.ts'
import { hasExpired } from './find-active-token.ts'
import type { TokensTable } from './tables.ts'
import { readTokens } from './token-store.ts'

/** `organisationId`: null for tokens that are valid for the whole installation. */
export type ListedToken = TokenBody & { readonly organisationId: string | null }

/**
 * Lists tokens without their secret, newest first. `organisationId`: lists the tokens of this organisation; null: lists all
 * tokens. Throws `organisation-not-found`.
 */
export async function listTokens(
  { db, clock }: { readonly db: DbReader; readonly clock: Clock },
  organisationId: string | null,
): Promise<ListedToken[]> {
  if (organisationId !== null) await requireOrganisation(db, organisationId)
  const rows = await readTokens(db, organisationId)
  const names = await readAccountNames(db, [...new Set(rows.flatMap(({ created_by }) => created_by ?? []))])
  const now = clock()
  const tokens: ListedToken[] = []
  for (const row of rows) {
    tokens.push({
      id: row.id,
      name: row.name,
      organisationId: row.organisation_id,
      scopes: row.scopes.split(',').filter(isScope),
      effectiveScopes: await effectiveScopes(db, row, now),
      feedId: row.feed_id,
      networks: row.networks === '' ? [] : row.networks.split(','),
      createdBy: row.created_by === null ? null : (names.get(row.created_by) ?? ''),
      createdAt: new Date(row.created_at).toISOString(),
      expiresAt: toTimestamp(row.expires_at),
      usedAt: toTimestamp(row.used_at),
      state: stateOf(row, now),
    })
  }
  return tokens
}

function stateOf(token: TokensTable, now: number): TokenBody['state'] {
  if (token.revoked_at !== null) return 'revoked'
  if (token.replaced_by !== null) return 'replaced'
  return hasExpired(token, now) ? 'expired' : 'active'
}
