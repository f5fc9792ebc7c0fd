import type { DbReader, Tx } from '#db/schema.ts'

/** Ids of the links that name a person: those for their account or sent to their e-mail address. */
export async function readLinksOfPerson(
  db: DbReader,
  { id, email }: { readonly id: string; readonly email: string },
): Promise<string[]> {
  const rows = await db
    .selectFrom('links')
    .select('id')
    .where((where) => where.or([where('account_id', '=', id), where('email', '=', email)]))
    .orderBy('id')
    .execute()
  return rows.map((row) => row.id)
}

/** Deletes an account with its credentials, identities, sessions and memberships, and some links. */
export async function deleteAccount(tx: Tx, id: string, linkIds: readonly string[]): Promise<void> {
  for (const table of ['passkeys', 'recovery_codes', 'sessions', 'memberships', 'identities'] as const)
    await tx.deleteFrom(table).where('account_id', '=', id).execute()
  await tx.deleteFrom('challenges').where('subject', '=', id).execute()
  if (linkIds.length > 0)
    await tx
      .deleteFrom('links')
      .where('id', 'in', [...linkIds])
      .execute()
  await tx.deleteFrom('accounts').where('id', '=', id).execute()
}
