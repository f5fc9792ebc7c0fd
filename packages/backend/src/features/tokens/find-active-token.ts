import { DomainError } from '@kickstand/domain'
import type { DbReader } from '#db/schema.ts'
import type { TokensTable } from './tables.ts'
import { readToken } from './token-store.ts'

/**
 * A token that still works at `now`. `organisationId`: the organisation that the token must belong to; undefined: any. Throws
 * `token-not-found`, also for tokens of other organisations, so that their existence is not revealed.
 */
export async function findActiveToken(
  db: DbReader,
  id: string,
  now: number,
  organisationId?: string,
): Promise<TokensTable> {
  const token = await readToken(db, id)
  const isForeign = organisationId !== undefined && token?.organisation_id !== organisationId
  if (token === undefined || isForeign || token.revoked_at !== null || hasExpired(token, now)) throw tokenNotFound(id)
  return token
}

/** Whether a token has expired at a time in epoch milliseconds. It stops working exactly at its end, to the millisecond. */
export function hasExpired({ expires_at }: Pick<TokensTable, 'expires_at'>, now: number): boolean {
  return expires_at !== null && now >= expires_at
}

export function tokenNotFound(id: string): DomainError {
  return new DomainError(
    'token-not-found',
    `There is no active token ${id}. The list of tokens shows those that are active: "npx kickstand tokens list".`,
  )
}
