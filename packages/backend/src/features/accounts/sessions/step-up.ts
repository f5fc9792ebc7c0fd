import type { PasskeyAnswer, PasskeyOptionsBody, StepUp } from '@kickstand/contract'
import { DomainError, type AccountPrincipal } from '@kickstand/domain'
import type { Tx } from '#db/schema.ts'
import { signInRequired } from '#http/auth/principal.ts'
import { assertionOptions, verifyAssertion } from '../credentials/assertions.ts'
import type { PasskeyDeps } from '../credentials/passkey-registration.ts'
import { markPasskeyUsed, readPasskeys } from '../credentials/passkey-store.ts'
import { readAccount } from '../people/account-store.ts'
import { signInFailed, verifyPerson, type VerifyDeps } from '../sign-in/verify-person.ts'
import { changeOwn, type ChangeOwnDeps, type Self } from './change-own.ts'

export type StepUpDeps = PasskeyDeps & VerifyDeps & ChangeOwnDeps

type Proof = {
  readonly method: 'password' | 'passkey'
  readonly hasSecondFactor: boolean
  spend(tx: Tx): Promise<boolean>
}

/** The challenge is for this session only. */
function useOf({ sessionId }: AccountPrincipal) {
  return { purpose: 'step-up', subject: sessionId } as const
}

/** The options with which the browser asks for one of the person's passkeys. */
export async function stepUpOptions(deps: PasskeyDeps, account: AccountPrincipal): Promise<PasskeyOptionsBody> {
  return assertionOptions(deps, useOf(account), await readPasskeys(deps.db, account.accountId))
}

/**
 * Verifies the identity of a person again on their session.
 * @returns the new secret of the session
 * Throws `invalid-request` and the errors of `verifyPerson`.
 */
export async function stepUp(deps: StepUpDeps, self: Self, given: StepUp, address: string): Promise<string> {
  const { method, hasSecondFactor, spend } = await verify(deps, self.account, given, address)
  const { secret } = await changeOwn(deps, self, async (tx) => {
    if (!(await spend(tx))) throw signInFailed()
    const { sessionId } = self.account
    const proof = { verifiedAt: deps.clock(), ...(hasSecondFactor ? { hasSecondFactor } : {}) }
    return { action: 'sessions:step-up', before: null, after: { session: sessionId, method }, proof, result: null }
  })
  return secret
}

async function verify(deps: StepUpDeps, self: AccountPrincipal, given: StepUp, address: string): Promise<Proof> {
  const { password, code, passkey: answer } = given
  if ((password === undefined) === (answer === undefined) || (code !== undefined && password === undefined))
    throw new DomainError(
      'invalid-request',
      'Send either password, with code where an authenticator app is set up, or passkey.',
    )
  if (answer !== undefined)
    return { method: 'passkey', hasSecondFactor: true, spend: await verifyOwnPasskey(deps, self, answer) }
  const account = await readAccount(deps.db, self.accountId)
  if (account === undefined || password === undefined) throw signInRequired()
  const typed = { password, ...(code === undefined ? {} : { code }) }
  return { method: 'password', ...(await verifyPerson(deps, { email: account.email, address }, typed)) }
}

/**
 * Verifies the answer of one of the person's passkeys to `stepUpOptions`. Throws `sign-in-failed`.
 * @returns a function that stores the use; it returns false if another request has used the answer
 */
export async function verifyOwnPasskey(
  deps: PasskeyDeps,
  self: AccountPrincipal,
  answer: PasskeyAnswer,
): Promise<(tx: Tx) => Promise<boolean>> {
  const assertion = await verifyAssertion(deps, useOf(self), answer)
  if (assertion === null || assertion.passkey.account_id !== self.accountId) throw signInFailed()
  const { passkey, counter } = assertion
  return (tx) => markPasskeyUsed(tx, passkey.id, counter, deps.clock())
}
