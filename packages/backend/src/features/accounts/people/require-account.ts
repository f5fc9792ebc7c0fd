import { DomainError, type AccountPrincipal } from '@kickstand/domain'
import type { DbReader } from '#db/schema.ts'
import { readAccount, readAccountByEmail, type AccountRow } from './account-store.ts'

/** An account by its id. Throws `account-not-found`. */
export async function requireAccount(db: DbReader, id: string): Promise<AccountRow> {
  const account = await readAccount(db, id)
  if (account !== undefined) return account
  throw new DomainError('account-not-found', `There is no account ${id}. It may have been erased.`)
}

/** An account by its e-mail address, as `readEmail` returns it. Throws `account-not-found`. */
export async function requireAccountByEmail(db: DbReader, email: string): Promise<AccountRow> {
  const account = await readAccountByEmail(db, email)
  if (account !== undefined) return account
  throw new DomainError(
    'account-not-found',
    `There is no account with the e-mail address ${email}. "npx kickstand accounts list" lists them.`,
  )
}

/**
 * Throws `not-allowed` if `by` would change their own account. `what`: the change, such as "change your own roles".
 * `helper`: who can do it.
 */
export function rejectOwnAccount(by: AccountPrincipal | null, id: string, what: string, helper = 'admin'): void {
  if (by?.accountId !== id) return
  throw new DomainError('not-allowed', `You cannot ${what}. Ask another ${helper}.`)
}
