import type { PasskeyAnswer } from '@kickstand/contract'
import type { Engine } from '#db/engine.ts'
import { runTransaction } from '#db/run-transaction.ts'
import { verifyAssertion } from '../credentials/assertions.ts'
import type { PasskeyDeps } from '../credentials/passkey-registration.ts'
import { markPasskeyUsed } from '../credentials/passkey-store.ts'
import { readAccount } from '../people/account-store.ts'
import { isSuspended } from '../people/suspension.ts'
import { startSession, type SignedIn, type SignInRequest } from './start-session.ts'
import { signInFailed } from './verify-person.ts'

/** The purpose of the challenge for a sign-in with a passkey. The account is not known until the answer arrives. */
export const SIGN_IN_USE = { purpose: 'sign-in', subject: null } as const

/** Signs a person in with a passkey. Attempts are not limited, because a signature cannot be guessed. Throws `sign-in-failed`. */
export async function signInWithPasskey(
  deps: PasskeyDeps & { readonly engine: Engine },
  answer: PasskeyAnswer,
  request: SignInRequest,
): Promise<SignedIn> {
  const assertion = await verifyAssertion(deps, SIGN_IN_USE, answer)
  if (assertion === null) throw signInFailed()
  const { passkey, counter } = assertion
  return runTransaction(deps, async (tx) => {
    const now = deps.clock()
    if (!(await markPasskeyUsed(tx, passkey.id, counter, now))) throw signInFailed()
    const account = await readAccount(tx, passkey.account_id)
    if (account === undefined || isSuspended(account, now)) throw signInFailed()
    return startSession(tx, deps, account, { method: 'passkey', hasSecondFactor: true }, request)
  })
}
