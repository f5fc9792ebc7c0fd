import type { AccountPrincipal } from '@kickstand/domain'
import { writeEntry } from '#audit/write-entry.ts'
import { runTransaction } from '#db/run-transaction.ts'
import { requireStill } from '#features/accounts/people/require-still.ts'
import type { TokenDeps } from './create-token.ts'
import { findActiveToken, tokenNotFound } from './find-active-token.ts'
import { markTokenRevoked } from './token-store.ts'

/** `organisationId`: the organisation that the token must belong to. `revoker`: the person who revokes it. */
type Revocation = { readonly organisationId: string; readonly revoker: AccountPrincipal }

/**
 * Revokes a token at once. `by`: undefined for commands, which may revoke every token. Throws `token-not-found` if there is
 * no such token, or if it was revoked or has expired, and the errors of `requireStill`.
 */
export async function revokeToken(deps: TokenDeps, id: string, by?: Revocation): Promise<void> {
  const now = deps.clock()
  const organisationId = by?.organisationId
  await runTransaction(deps, async (tx) => {
    if (by !== undefined) await requireStill(tx, by.revoker, 'tokens:write', now, by)
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
