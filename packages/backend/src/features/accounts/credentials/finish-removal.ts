import { DomainError } from '@kickstand/domain'
import type { Tx } from '#db/schema.ts'
import { signInRequired } from '#http/auth/principal.ts'
import { readAccount } from '../people/account-store.ts'
import { readMemberships } from '../people/membership-store.ts'
import { rolesOf } from '../people/roles-of.ts'
import { clearSecondFactor } from '../sessions/session-store.ts'
import { readPasskeys } from './passkey-store.ts'
import { deleteRecoveryCodes } from './recovery-code-store.ts'

/**
 * Finishes the removal of a credential in its transaction: checks that the account can still sign in, and that it has a second
 * factor if it has a role. If no second factor is left, recovery codes no longer replace one, and no session has one.
 * Change the row of the account first, so that concurrent removals run one after the other. Throws `credential-needed`.
 */
export async function finishRemoval(tx: Tx, accountId: string): Promise<void> {
  const account = await readAccount(tx, accountId)
  if (account === undefined) throw signInRequired()
  const hasPasskey = (await readPasskeys(tx, accountId)).length > 0
  if (!hasPasskey && account.password_hash === null)
    throw needed('You could not sign in without it. Set a password or add another passkey first.')
  if (hasPasskey || account.totp_secret !== null) return
  if (rolesOf(account).length > 0 || (await readMemberships(tx, accountId)).length > 0)
    throw needed('Your role needs a second factor. Add another passkey or an authenticator app first.')
  await deleteRecoveryCodes(tx, accountId, false)
  await clearSecondFactor(tx, accountId)
}

function needed(why: string): DomainError {
  return new DomainError('credential-needed', why)
}
