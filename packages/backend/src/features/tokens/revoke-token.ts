import { DomainError } from '@kickstand/domain'
import { writeEntry, type AuditDeps } from '#audit/write-entry.ts'
import type { Db } from '#db/schema.ts'
import { markTokenRevoked, readToken } from './token-store.ts'

/** Revokes a token at once. Throws `token-not-found` where it does not exist or is revoked already. */
export async function revokeToken({ db, ...audit }: AuditDeps & { readonly db: Db }, id: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const token = await readToken(tx, id)
    if (token === undefined || !(await markTokenRevoked(tx, id, audit.clock())))
      throw new DomainError(
        'token-not-found',
        `There is no active token ${id}. "npx kickstand tokens list" lists them.`,
      )
    await writeEntry(tx, audit, {
      action: 'tokens:revoke',
      object: { kind: 'token', id },
      organisationId: token.organisation_id,
      before: { revoked: false },
      after: { revoked: true },
    })
  })
}
