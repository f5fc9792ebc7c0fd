import type { PasskeyAnswer, PasskeyOptionsBody } from '@kickstand/contract'
import { generateAuthenticationOptions, verifyAuthenticationResponse } from '@simplewebauthn/server'
import type { PasskeysTable } from '../tables.ts'
import { keepChallenge, PROMPT_MS, takeChallenge, type ChallengeUse } from './challenges.ts'
import { readAssertion } from './passkey-answers.ts'
import { relyingParty, transportsOf, type PasskeyDeps } from './passkey-registration.ts'
import { findPasskey } from './passkey-store.ts'

/** A verified passkey, and the counter to store with `markPasskeyUsed`. */
export type Assertion = { readonly passkey: PasskeysTable; readonly counter: number }

/**
 * The options for `navigator.credentials.get`. `allowed`: the accepted passkeys; without it, the device offers all passkeys
 * that it has for this service.
 */
export async function assertionOptions(
  deps: PasskeyDeps,
  use: ChallengeUse,
  allowed: readonly PasskeysTable[] = [],
): Promise<PasskeyOptionsBody> {
  const options = await generateAuthenticationOptions({
    rpID: relyingParty(deps.config).id,
    timeout: PROMPT_MS,
    userVerification: 'required',
    allowCredentials: allowed.map((one) => ({ id: one.credential_id, transports: transportsOf(one.transports) })),
  })
  return { challengeId: await keepChallenge(deps, use, options.challenge), options: { ...options } }
}

/** Verifies the answer of a passkey; null if it is wrong. The challenge is used up even then. */
export async function verifyAssertion(
  deps: PasskeyDeps,
  use: ChallengeUse,
  { challengeId, response: given }: PasskeyAnswer,
): Promise<Assertion | null> {
  const expectedChallenge = await takeChallenge(deps, use, challengeId)
  if (expectedChallenge === null) return null
  const response = orNull(() => readAssertion(given))
  const passkey = response === null ? undefined : await findPasskey(deps.db, response.id)
  if (response === null || passkey === undefined) return null
  const { origin: expectedOrigin, id: expectedRPID } = relyingParty(deps.config)
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      expectedChallenge,
      expectedOrigin,
      expectedRPID,
      credential: {
        id: passkey.credential_id,
        publicKey: new Uint8Array(Buffer.from(passkey.public_key, 'base64url')),
        counter: passkey.counter,
      },
    })
    return verified ? { passkey, counter: authenticationInfo.newCounter } : null
  } catch {
    // Each check throws a different error. None of them is shown, because they would help an attacker.
    return null
  }
}

function orNull<T>(read: () => T): T | null {
  try {
    return read()
  } catch {
    return null
  }
}
