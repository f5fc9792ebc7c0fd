import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import { decodeClientDataJSON } from '@simplewebauthn/server/helpers'
import Type from 'typebox'
import { Check } from 'typebox/value'

// Schemas for the answers of browsers. The WebAuthn package checks their content but not their structure.

/** Longer than any value that a browser sends. */
const Part = Type.String({ maxLength: 16_384 })
const Credential = { id: Type.String({ minLength: 1, maxLength: 1400 }), rawId: Part, type: Type.Literal('public-key') }
const TRANSPORTS = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb']

const RegistrationSchema = Type.Object({
  ...Credential,
  response: Type.Object({
    clientDataJSON: Part,
    attestationObject: Part,
    transports: Type.Optional(Type.Array(Type.String())),
  }),
})

const AssertionSchema = Type.Object({
  ...Credential,
  response: Type.Object({ clientDataJSON: Part, authenticatorData: Part, signature: Part }),
})

/** Throws an error if the structure is different. */
export function readRegistration(given: unknown): RegistrationResponseJSON {
  if (!Check(RegistrationSchema, given)) throw new Error('this is no registration')
  const { id, rawId, type, response } = given
  rejectFrames(response.clientDataJSON)
  const transports = TRANSPORTS.filter((one) => response.transports?.includes(one) === true)
  const { clientDataJSON, attestationObject } = response
  return { id, rawId, type, response: { clientDataJSON, attestationObject, transports }, clientExtensionResults: {} }
}

/** Throws an error if the structure is different. */
export function readAssertion(given: unknown): AuthenticationResponseJSON {
  if (!Check(AssertionSchema, given)) throw new Error('this is no assertion')
  const { id, rawId, type, response } = given
  rejectFrames(response.clientDataJSON)
  const { clientDataJSON, authenticatorData, signature } = response
  return { id, rawId, type, response: { clientDataJSON, authenticatorData, signature }, clientExtensionResults: {} }
}

/** Rejects answers that were created in a frame of another site. */
function rejectFrames(clientDataJSON: string): void {
  if (decodeClientDataJSON(clientDataJSON).crossOrigin === true) throw new Error('the answer is from a frame')
}
