import { isScope, scopesWithin, type Action } from '@kickstand/domain'
import type { DbReader } from '#db/schema.ts'
import { readAccountPrincipal } from '#features/accounts/people/account-principal.ts'
import type { TokensTable } from './tables.ts'

/**
 * The scopes that a token has now: those that its creator still has. None if the creator is suspended or was erased. All
 * scopes for tokens that commands created.
 */
export async function effectiveScopes(db: DbReader, token: TokensTable, now: number): Promise<Action[]> {
  const scopes = token.scopes.split(',').filter(isScope)
  if (token.created_by === null) return scopes
  const creator = await readAccountPrincipal(db, token.created_by, now)
  return creator === null ? [] : scopesWithin(scopes, creator, { organisationId: token.organisation_id })
}
