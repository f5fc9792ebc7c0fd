import type { Tx } from '#db/schema.ts'
import { markTokensOfRevoked } from './token-store.ts'

/**
 * Revokes the tokens that an account created, in the transaction of the change that replaces its credentials. Tokens of
 * commands have no creator and stay.
 * @returns the number of tokens that worked until now
 */
export async function revokeTokensOf(tx: Tx, accountId: string, now: number): Promise<number> {
  return markTokensOfRevoked(tx, accountId, now)
}
