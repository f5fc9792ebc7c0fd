/** Recovery codes that an account gets at a time. */
export const RECOVERY_CODES = 10

/**
 * A recovery code as people type it, in the form in which it is compared: without dashes and spaces, in lower case, and with
 * letters replaced by the digits that they resemble (Crockford's base 32).
 */
export function readRecoveryCode(typed: string): string {
  return typed.toLowerCase().replaceAll(/[\s-]/g, '').replaceAll('o', '0').replaceAll(/[il]/g, '1')
}

/** Formats a recovery code in groups of six characters. */
export function showRecoveryCode(code: string): string {
  return (code.match(/.{1,6}/g) ?? []).join('-')
}

/** A code of an authenticator app as people type it, with or without a space; null if it does not have six digits. */
export function readAuthenticatorCode(typed: string): string | null {
  const code = typed.replaceAll(/\s/g, '')
  return /^\d{6}$/.test(code) ? code : null
}
