import type { DbReader, Tx } from '#db/schema.ts'
import type { LinksTable } from '../tables.ts'

export async function insertLink(tx: Tx, link: LinksTable): Promise<void> {
  await tx.insertInto('links').values(link).execute()
}

export async function findLinkByHash(db: DbReader, hash: string): Promise<LinksTable | undefined> {
  return db.selectFrom('links').selectAll().where('hash', '=', hash).executeTakeFirst()
}

/** Reads the invitation links of an organisation (null: of the platform) that were created since a time, newest first. */
export async function readInvitationLinks(
  db: DbReader,
  organisationId: string | null,
  { since, limit }: { readonly since: number; readonly limit: number },
): Promise<LinksTable[]> {
  return db
    .selectFrom('links')
    .selectAll()
    .where('purpose', '=', 'invitation')
    .where('organisation_id', organisationId === null ? 'is' : '=', organisationId)
    .where('created_at', '>=', since)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

/**
 * The times at which the last invitations were created, newest first: those by an account, or those to an address from an
 * organisation (null: from the platform).
 */
export async function readInvitationTimes(
  db: DbReader,
  of: { readonly email: string; readonly organisationId: string | null } | { readonly createdBy: string },
  { since, limit }: { readonly since: number; readonly limit: number },
): Promise<number[]> {
  let query = db
    .selectFrom('links')
    .select('created_at')
    .where('purpose', '=', 'invitation')
    .where('created_at', '>', since)
  if ('createdBy' in of) query = query.where('created_by', '=', of.createdBy)
  else {
    const { email, organisationId } = of
    query = query
      .where('email', '=', email)
      .where('organisation_id', organisationId === null ? 'is' : '=', organisationId)
  }
  return (await query.orderBy('created_at', 'desc').limit(limit).execute()).map((row) => row.created_at)
}

/** Reads an invitation link of an organisation; null: of the platform. */
export async function readInvitationLink(
  db: DbReader,
  organisationId: string | null,
  id: string,
): Promise<LinksTable | undefined> {
  return db
    .selectFrom('links')
    .selectAll()
    .where('id', '=', id)
    .where('purpose', '=', 'invitation')
    .where('organisation_id', organisationId === null ? 'is' : '=', organisationId)
    .executeTakeFirst()
}

/** Marks a link as used. Returns false if it was already used or revoked, or has expired. */
export async function markLinkUsed(tx: Tx, id: string, now: number): Promise<boolean> {
  const result = await tx
    .updateTable('links')
    .set({ used_at: now })
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** Revokes an unused link. Returns false if there is no such link. */
export async function markLinkRevoked(tx: Tx, id: string, now: number): Promise<boolean> {
  const result = await tx
    .updateTable('links')
    .set({ revoked_at: now })
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** Selects links that have all of these values. */
export type LinkFilter =
  | (Pick<LinksTable, 'purpose'> & Partial<Pick<LinksTable, 'email' | 'account_id' | 'organisation_id'>>)
  | { readonly created_by: string }

/** Reads the ids of matching links that have not been used or revoked and have not expired. */
export async function readOpenLinkIds(tx: Tx, filter: LinkFilter, now: number): Promise<string[]> {
  let query = tx
    .selectFrom('links')
    .select('id')
    .where('used_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
  const values: Partial<LinksTable> = filter
  for (const column of ['purpose', 'email', 'account_id', 'organisation_id', 'created_by'] as const) {
    const value = values[column]
    if (value !== undefined) query = value === null ? query.where(column, 'is', null) : query.where(column, '=', value)
  }
  return (await query.orderBy('id').execute()).map(({ id }) => id)
}
