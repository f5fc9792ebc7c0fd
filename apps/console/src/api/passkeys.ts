import type { PasskeyAnswer, PasskeyOptionsBody } from '@kickstand/contract'
import {
  browserSupportsWebAuthn,
  browserSupportsWebAuthnAutofill,
  startAuthentication,
  startRegistration,
  WebAuthnAbortService,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser'

/**
 * Why no passkey was created or used: the person cancelled or the time ran out (`cancelled`), the device already has a
 * passkey for this account (`exists`), or the browser failed (`failed`). `replaced`: another passkey request replaced this
 * one.
 */
export type PasskeyFault = 'cancelled' | 'exists' | 'failed' | 'replaced'

export class PasskeyError extends Error {
  readonly fault: PasskeyFault
  constructor(fault: PasskeyFault, cause: unknown) {
    super(fault, { cause })
    this.name = 'PasskeyError'
    this.fault = fault
  }
}

const FAULTS: Readonly<Record<string, PasskeyFault>> = {
  NotAllowedError: 'cancelled',
  InvalidStateError: 'exists',
  AbortError: 'replaced',
}

function toPasskeyError(error: unknown): PasskeyError {
  const name = error instanceof Error ? error.name : ''
  return new PasskeyError(FAULTS[name] ?? 'failed', error)
}

/** Whether this browser supports passkeys. They need HTTPS or localhost. */
export function supportsPasskeys(): boolean {
  return isSecureContext && browserSupportsWebAuthn()
}

/** Whether this browser offers passkeys where it fills in forms. */
export async function supportsPasskeyAutofill(): Promise<boolean> {
  return supportsPasskeys() && (await browserSupportsWebAuthnAutofill())
}

/** Creates a passkey on the device. Throws `PasskeyError`. */
export async function createPasskey({ challengeId, options }: PasskeyOptionsBody): Promise<PasskeyAnswer> {
  try {
    const optionsJSON = options as unknown as PublicKeyCredentialCreationOptionsJSON
    return { challengeId, response: { ...(await startRegistration({ optionsJSON })) } }
  } catch (error) {
    throw toPasskeyError(error)
  }
}

/** Signs a challenge with a passkey. `autofill`: waits until the person chooses one in a form. Throws `PasskeyError`. */
export async function signWithPasskey(
  { challengeId, options }: PasskeyOptionsBody,
  autofill: boolean,
): Promise<PasskeyAnswer> {
  try {
    const optionsJSON = options as unknown as PublicKeyCredentialRequestOptionsJSON
    const answer = await startAuthentication({ optionsJSON, useBrowserAutofill: autofill })
    return { challengeId, response: { ...answer } }
  } catch (error) {
    throw toPasskeyError(error)
  }
}

/** Ends a wait for a passkey. */
export function cancelPasskey(): void {
  WebAuthnAbortService.cancelCeremony()
}
