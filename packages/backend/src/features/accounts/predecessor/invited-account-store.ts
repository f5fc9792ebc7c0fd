import { chunks } from '#db/chunks.ts'
import type { DbReader, Tx } from '#db/schema.ts'
import type { AccountsTable } from '../tables.ts'

/** An account that a person is invited to take over. `password_hash`: from the predecessor, or null. */
export type InvitedAccount = Pick<AccountsTable, 'id' | 'email' | 'name' | 'language' | 'password_hash' | 'created_at'>

/** Fails with a duplicate key if an e-mail address is in use. The accounts have no roles. */
export async function insertInvitedAccounts(tx: Tx, accounts: readonly InvitedAccount[]): Promise<void> {
  for (const run of chunks(accounts))
    await tx
      .insertInto('accounts')
      .values(run.map((account) => ({ ...account, roles: '' })))
      .execute()
}

/** Returns which of these e-mail addresses belong to accounts. */
export async function findUsedEmails(db: DbReader, emails: readonly string[]): Promise<Set<string>> {
  const used = new Set<string>()
  for (const run of chunks(emails)) {
    const rows = await db.selectFrom('accounts').select('email').where('email', 'in', run).execute()
    for (const { email } of rows) used.add(email)
  }
  return used
}
