import type { Action } from '@kickstand/domain'
import type { Tx } from '#db/schema.ts'
import { hashOfKey, newId } from '#platform/ids.ts'
import { newTokenText } from './token-text.ts'
import { insertToken } from './token-store.ts'

/** A checked token. Times in epoch milliseconds. */
type CheckedToken = {
  readonly name: string
  readonly scopes: readonly Action[]
  readonly organisationId: string | null
  readonly feedId: string | null
  readonly networks: readonly string[]
  readonly createdBy: string | null
  readonly createdAt: number
  readonly expiresAt: number | null
}

/**
 * Creates the text of a token and inserts the token.
 * @returns the text; only its hash is stored
 */
export async function insertNewToken(tx: Tx, token: CheckedToken): Promise<{ id: string; token: string }> {
  const text = newTokenText()
  const id = newId()
  await insertToken(tx, {
    id,
    hash: hashOfKey(text),
    name: token.name,
    scopes: token.scopes.join(','),
    organisation_id: token.organisationId,
    feed_id: token.feedId,
    networks: token.networks.join(','),
    created_by: token.createdBy,
    created_at: token.createdAt,
    expires_at: token.expiresAt,
    used_at: null,
    revoked_at: null,
    replaced_by: null,
  })
  return { id, token: text }
}
