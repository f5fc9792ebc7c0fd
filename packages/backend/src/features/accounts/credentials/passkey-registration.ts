import type { PasskeyAnswer, PasskeyOptionsBody } from '@kickstand/contract'
import { DomainError } from '@kickstand/domain'
import { generateRegistrationOptions, verifyRegistrationResponse } from '@simplewebauthn/server'
import { decodeAttestationObject } from '@simplewebauthn/server/helpers'
import type { Db } from '#db/schema.ts'
import type { Clock } from '#platform/clock.ts'
import type { Config } from '#platform/config.ts'
import { hashOfKey, type NewId } from '#platform/ids.ts'
import { ownOrigin } from '#platform/own-origin.ts'
import { keepChallenge, PROMPT_MS, takeChallenge } from './challenges.ts'
import { readRegistration } from './passkey-answers.ts'
import { readPasskeys, type NewPasskeyRow } from './passkey-store.ts'

/** ES256, EdDSA and RS256, which all browsers know (COSE, RFC 9053). */
const ALGORITHMS = [-7, -8, -257]

export type PasskeyDeps = {
  readonly db: Db
  readonly clock: Clock
  readonly newId: NewId
  readonly config: Pick<Config, 'publicUrl' | 'port'>
}

/** The relying party of passkeys (WebAuthn): the host of this service. */
export function relyingParty(config: PasskeyDeps['config']): { readonly origin: string; readonly id: string } {
  const origin = ownOrigin(config)
  return { origin, id: new URL(origin).hostname }
}

/**
 * The options for `navigator.credentials.create` with which a person creates a passkey. `subject`: the id of the account, or
 * `link:` and the id of the link if there is no account yet.
 */
export async function registrationOptions(
  deps: PasskeyDeps,
  subject: string,
  { name, email }: { readonly name: string; readonly email: string },
): Promise<PasskeyOptionsBody> {
  const passkeys = await readPasskeys(deps.db, subject)
  const options = await generateRegistrationOptions({
    rpName: 'Kickstand',
    rpID: relyingParty(deps.config).id,
    userID: new TextEncoder().encode(subject),
    userName: email,
    userDisplayName: name,
    timeout: PROMPT_MS,
    attestationType: 'none',
    supportedAlgorithmIDs: ALGORITHMS,
    excludeCredentials: passkeys.map((one) => ({ id: one.credential_id, transports: transportsOf(one.transports) })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
  const use = { purpose: 'register', subject } as const
  return { challengeId: await keepChallenge(deps, use, options.challenge), options: { ...options } }
}

/**
 * Verifies a new passkey that was created with the options for this subject. The challenge is used up even if the answer is
 * wrong. Throws `invalid-request`.
 */
export async function verifyRegistration(
  deps: PasskeyDeps,
  answer: PasskeyAnswer,
  subject: string,
): Promise<NewPasskeyRow> {
  const expectedChallenge = await takeChallenge(deps, { purpose: 'register', subject }, answer.challengeId)
  if (expectedChallenge === null) throw rejected('The time for this passkey is over')
  const { id: expectedRPID, origin: expectedOrigin } = relyingParty(deps.config)
  try {
    const response = readRegistration(answer.response)
    // Certificates are not requested. To verify them, the package would load revocation lists from addresses in the
    // certificates.
    const attestation = decodeAttestationObject(Buffer.from(response.response.attestationObject, 'base64url'))
    if (attestation.get('attStmt').get('x5c') !== undefined) throw new Error('it has certificates')
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response,
      expectedChallenge,
      expectedOrigin,
      expectedRPID,
      supportedAlgorithmIDs: ALGORITHMS,
    })
    if (!verified) throw new Error('its attestation is wrong')
    const { id, publicKey, counter } = registrationInfo.credential
    return {
      id: deps.newId(),
      credential_hash: hashOfKey(id),
      credential_id: id,
      public_key: Buffer.from(publicKey).toString('base64url'),
      counter,
      transports: (response.response.transports ?? []).join(','),
      created_at: deps.clock(),
      used_at: null,
    }
  } catch (error) {
    throw rejected('The passkey could not be verified', error)
  }
}

export function transportsOf(stored: string): string[] {
  return stored === '' ? [] : stored.split(',')
}

function rejected(what: string, cause?: unknown): DomainError {
  return new DomainError(
    'invalid-request',
    `${what}. Start again, and confirm on your device within five minutes.`,
    [],
    cause,
  )
}
