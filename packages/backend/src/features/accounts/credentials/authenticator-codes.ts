import { readAuthenticatorCode } from '@kickstand/domain'
import { Secret, TOTP } from 'otpauth'

/** The parameters that every authenticator app supports (RFC 6238): six digits, a new code every 30 seconds. */
const KIND = { algorithm: 'SHA1', digits: 6, period: 30 } as const
const ISSUER = 'Kickstand'
/** The codes of the previous and the next 30 seconds are accepted too, because clocks differ and typing takes time. */
const WINDOW = 1

/** A secret for an authenticator app: 160 random bits in base 32. */
export function newAuthenticatorSecret(): string {
  return new Secret({ size: 20 }).base32
}

/** The otpauth:// address for a QR code. `label`: the e-mail address. */
export function authenticatorUri(secret: string, label: string): string {
  return new TOTP({ ...KIND, issuer: ISSUER, label, secret }).toString()
}

/**
 * The time step (of 30 s since 1970) that a code belongs to; null for a wrong code. Store the step with `markStepUsed`, so
 * that each step is used only once.
 */
export function stepOfCode(secret: string, typed: string, now: number): number | null {
  const token = readAuthenticatorCode(typed)
  if (token === null) return null
  const delta = TOTP.validate({ ...KIND, token, secret: Secret.fromBase32(secret), timestamp: now, window: WINDOW })
  return delta === null ? null : TOTP.counter({ period: KIND.period, timestamp: now }) + delta
}
