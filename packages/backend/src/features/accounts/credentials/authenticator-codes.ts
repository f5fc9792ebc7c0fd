import { readAuthenticatorCode } from '@kickstand/domain'
import { Secret, TOTP } from 'otpauth'

/** What every authenticator app supports (RFC 6238): six digits, a new code each half minute. */
const KIND = { algorithm: 'SHA1', digits: 6, period: 30 } as const
const ISSUER = 'Kickstand'
/** Codes of the half minutes before and after are accepted: clocks differ, and typing takes time. */
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
 * The step (30 s since 1970) to which a code belongs; null for a wrong one. A step must be used once only: store it with
 * `markStepUsed`.
 */
export function stepOfCode(secret: string, typed: string, now: number): number | null {
  const token = readAuthenticatorCode(typed)
  if (token === null) return null
  const delta = TOTP.validate({ ...KIND, token, secret: Secret.fromBase32(secret), timestamp: now, window: WINDOW })
  return delta === null ? null : TOTP.counter({ period: KIND.period, timestamp: now }) + delta
}
