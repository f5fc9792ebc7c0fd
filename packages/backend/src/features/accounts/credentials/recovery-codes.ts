import { readRecoveryCode, RECOVERY_CODES, showRecoveryCode } from '@kickstand/domain'
import { hashOfKey, newCode } from '#platform/ids.ts'

/** Ten new recovery codes: as they are shown, once, and their hashes, as they are stored. */
export function newRecoveryCodes(): { readonly shown: string[]; readonly hashes: string[] } {
  const codes = Array.from({ length: RECOVERY_CODES }, newCode)
  return { shown: codes.map(showRecoveryCode), hashes: codes.map(hashOfKey) }
}

/** The hash of a recovery code as a person typed it. */
export function hashOfRecoveryCode(typed: string): string {
  return hashOfKey(readRecoveryCode(typed))
}
