import type { PasswordSignIn } from '@kickstand/contract'
import { DomainError, readEmail } from '@kickstand/domain'
import { runTransaction } from '#db/run-transaction.ts'
import type { NewId } from '#platform/ids.ts'
import { startSession, type SignedIn, type SignInRequest } from './start-session.ts'
import { signInFailed, verifyPerson, type VerifyDeps } from './verify-person.ts'

/** Signs a person in with a password. Throws `invalid-request` and the errors of `verifyPerson`. */
export async function signInWithPassword(
  deps: VerifyDeps & { readonly newId: NewId },
  { email: typed, ...proof }: PasswordSignIn,
  request: SignInRequest,
): Promise<SignedIn> {
  const email = readEmail(typed)
  if (proof.code !== undefined && proof.recoveryCode !== undefined) {
    const message = 'must not be sent together with code; send one of the two'
    throw new DomainError('invalid-request', `recoveryCode ${message}.`, [{ pointer: '/recoveryCode', message }])
  }
  const person = await verifyPerson(deps, { email, address: request.address }, proof)
  return runTransaction(deps, async (tx) => {
    if (!(await person.spend(tx))) throw signInFailed()
    const { hasSecondFactor } = person
    return startSession(tx, deps, person.account, { method: 'password', hasSecondFactor }, request)
  })
}
