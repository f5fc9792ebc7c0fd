import { writeEntry } from '#audit/write-entry.ts'
import { runTransaction } from '#db/run-transaction.ts'
import type { TokenDeps } from './create-token.ts'
import { findActiveToken, tokenNotFound } from './find-active-token.ts'
import { markTokenRevoked } from './token-store.ts'

/**
 * Revokes a token at once. `organisationId`: the organisation that the token must belong to; undefined: any. Throws
 * `token-not-found` if there is no such token, or if it was revoked or has expired.
 */
export async function revokeToken(deps: TokenDeps, id: string, organisationId?: string): Promise<void> {
  const now = deps.clock()
  await runTransaction(deps, async (tx) => {
    const token = await findActiveToken(tx, id, now, organisationId)
    if (!(await markTokenRevoked(tx, id, now))) throw tokenNotFound(id)
    await writeEntry(tx, deps, {
      action: 'tokens:revoke',
      object: { kind: 'token', id },
      organisationId: token.organisation_id,
      before: { name: token.name, revoked: false },
      after: { name: token.name, revoked: true },
    })
  })
}
