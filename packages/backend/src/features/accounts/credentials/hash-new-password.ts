import { checkPassword, type PasswordOwner } from '@kickstand/domain'
import { loadCommonPasswords } from './common-passwords.ts'
import type { PasswordHasher } from './password-hasher.ts'

/**
 * Checks a new password of a person and hashes it.
 * @returns the hash in PHC form, as it is stored
 * Throws `invalid-request` with the pointer /password, and `overloaded`.
 */
export async function hashNewPassword(
  { passwords }: { readonly passwords: PasswordHasher },
  password: string,
  owner: PasswordOwner,
): Promise<string> {
  return passwords.hash(checkPassword(password, owner, await loadCommonPasswords()))
}
