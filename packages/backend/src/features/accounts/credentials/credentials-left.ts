import { DomainError } from '@kickstand/domain'
import type { Tx } from '#db/schema.ts'
import { signInRequired } from '#http/auth/principal.ts'
import { readAccount } from '../people/account-store.ts'
import { readMemberships } from '../people/membership-store.ts'
import { rolesOf } from '../people/roles-of.ts'
import { readPasskeys } from './passkey-store.ts'

/**
 * Checks, in the transaction that removes a credential, that the account can still sign in, and that it has a second factor
 * if it has a role. Change the row of the account first, so that concurrent removals run one after the other. Throws
 * `credential-needed`.
 */
export async function checkCredentialsLeft(tx: Tx, accountId: string): Promise<void> {
  const account = await readAccount(tx, accountId)
  if (account === undefined) throw signInRequired()
  const hasPasskey = (await readPasskeys(tx, accountId)).length > 0
  if (!hasPasskey && account.password_hash === null)
    throw needed('You could not sign in without it. Set a password or add another passkey first.')
  if (hasPasskey || account.totp_secret !== null) return
  if (rolesOf(account).length > 0 || (await readMemberships(tx, accountId)).length > 0)
    throw needed('Your role needs a second factor. Add another passkey or an authenticator app first.')
}

function needed(why: string): DomainError {
  return new DomainError('credential-needed', why)
}
