import { cleanText, DomainError, type Action } from '@kickstand/domain'
import { writeEntry, type AuditDeps } from '#audit/write-entry.ts'
import type { Db } from '#db/schema.ts'
import { hashOfKey, newId } from '#platform/ids.ts'
import { newTokenText } from './token-text.ts'
import { insertToken } from './token-store.ts'

const MAX_NAME_LENGTH = 100

/** `feedId`: the only feed that it may write to. `networks`: CIDR; none means every network. Times in epoch milliseconds. */
export type NewToken = {
  readonly name: string
  readonly scopes: readonly Action[]
  readonly organisationId: string | null
  readonly feedId: string | null
  readonly networks: readonly string[]
  readonly createdBy: string | null
  readonly expiresAt: number | null
}

export type CreatedToken = {
  readonly id: string
  readonly token: string
  readonly name: string
  readonly createdAt: number
}

/**
 * Creates a token. It is returned only here, since only its hash is stored. Throws `invalid-request` for one without a
 * scope.
 */
export async function createToken(
  { db, ...audit }: AuditDeps & { readonly db: Db },
  input: NewToken,
): Promise<CreatedToken> {
  const { scopes, organisationId, feedId, networks, createdBy, expiresAt } = input
  if (scopes.length === 0) throw new DomainError('invalid-request', 'A token needs at least one scope.')
  const token = newTokenText()
  const id = newId()
  const name = cleanText(input.name).slice(0, MAX_NAME_LENGTH)
  const createdAt = audit.clock()
  await db.transaction().execute(async (tx) => {
    await insertToken(tx, {
      id,
      hash: hashOfKey(token),
      name,
      scopes: scopes.join(','),
      organisation_id: organisationId,
      feed_id: feedId,
      networks: networks.join(','),
      created_by: createdBy,
      created_at: createdAt,
      expires_at: expiresAt,
      used_at: null,
      revoked_at: null,
      replaced_by: null,
    })
    await writeEntry(tx, audit, {
      action: 'tokens:create',
      object: { kind: 'token', id },
      organisationId,
      before: null,
      after: { name, scopes, feedId, networks, expiresAt },
    })
  })
  return { id, token, name, createdAt }
}
