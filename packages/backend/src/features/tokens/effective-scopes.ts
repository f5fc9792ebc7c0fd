import { isScope, scopesWithin, type Action } from '@kickstand/domain'
import type { DbReader } from '#db/schema.ts'
import { readAccountPrincipal } from '#features/accounts/people/account-principal.ts'
import type { TokensTable } from './tables.ts'

/**
 * What a token may do now: its scopes, as far as its creator still has them. None where the creator is suspended or was
 * erased; all for tokens of commands.
 */
export async function effectiveScopes(db: DbReader, token: TokensTable, now: number): Promise<Action[]> {
  const scopes = token.scopes.split(',').filter(isScope)
  if (token.created_by === null) return scopes
  const creator = await readAccountPrincipal(db, token.created_by, now)
  return creator === null ? [] : scopesWithin(scopes, creator, { organisationId: token.organisation_id })
}
