import { sql } from 'kysely'
import type { DbReader, Tx } from '#db/schema.ts'
import type { Row } from '#db/schema.ts'

export type AccountRow = Row<'accounts'>

export async function readAccount(db: DbReader, id: string): Promise<AccountRow | undefined> {
  return db.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirst()
}

/** `email`: as `readEmail` returns it. */
export async function readAccountByEmail(db: DbReader, email: string): Promise<AccountRow | undefined> {
  return db.selectFrom('accounts').selectAll().where('email', '=', email).executeTakeFirst()
}

/** Fails with a duplicate key if the e-mail address is in use. */
export async function insertAccount(
  tx: Tx,
  account: Pick<AccountRow, 'id' | 'email' | 'name' | 'language' | 'roles' | 'created_at'>,
): Promise<void> {
  await tx.insertInto('accounts').values(account).execute()
}

type Changes = Partial<Omit<AccountRow, 'id' | 'version' | 'created_at'>>

/**
 * Changes an account and increases its version. `version`: changes it only if it still has this version. Returns whether it
 * was changed.
 */
export async function updateAccount(tx: Tx, id: string, changes: Changes, version?: number): Promise<boolean> {
  let query = tx
    .updateTable('accounts')
    .set({ ...changes, version: sql<number>`version + 1` })
    .where('id', '=', id)
  if (version !== undefined) query = query.where('version', '=', version)
  return (await query.executeTakeFirst()).numUpdatedRows > 0n
}
