import { readRecoveryCode, RECOVERY_CODES, showRecoveryCode } from '@kickstand/domain'
import { hashOfKey, newCode } from '#platform/ids.ts'

/** Creates ten recovery codes: the texts, which are shown once, and the hashes, which are stored. */
export function newRecoveryCodes(): { readonly shown: string[]; readonly hashes: string[] } {
  const codes = Array.from({ length: RECOVERY_CODES }, newCode)
  return { shown: codes.map(showRecoveryCode), hashes: codes.map(hashOfKey) }
}

/** The hash of a recovery code that a person has typed. */
export function hashOfRecoveryCode(typed: string): string {
  return hashOfKey(readRecoveryCode(typed))
}
