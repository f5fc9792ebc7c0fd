import { checkPassword, type PasswordOwner } from '@kickstand/domain'
import { loadCommonPasswords } from './common-passwords.ts'
import type { PasswordHasher } from './password-hasher.ts'

/**
 * Checks a new password of a person, which costs little, and returns the function that hashes it, which costs much. That
 * function returns the hash in PHC form, as it is stored, and throws `overloaded`. Throws `invalid-request` with the pointer
 * /password.
 */
export async function checkNewPassword(
  { passwords }: { readonly passwords: PasswordHasher },
  password: string,
  owner: PasswordOwner,
): Promise<() => Promise<string>> {
  const checked = checkPassword(password, owner, await loadCommonPasswords())
  return () => passwords.hash(checked)
}
