import { DomainError, normalisePassword } from '@kickstand/domain'
import { runTransaction } from '#db/run-transaction.ts'
import type { Tx } from '#db/schema.ts'
import type { PasswordHasher } from '../credentials/password-hasher.ts'
import type { AccountRow } from '../people/account-store.ts'
import { claimAttempt, takeBackAttempt, type Attempt, type AttemptDeps } from './claim-attempt.ts'

export type PasswordDeps = AttemptDeps & { readonly passwords: PasswordHasher }

/**
 * Verifies a password. If the server is too busy to verify it, the attempt does not count as a failure. `newHash`: replaces a
 * hash of the predecessor or with outdated parameters.
 */
export async function verifyPassword(
  deps: PasswordDeps,
  attempt: Attempt,
  hash: string | null,
  password: string,
): Promise<{ readonly isRight: boolean; readonly newHash: string | null }> {
  const { passwords } = deps
  try {
    const isRight = await passwords.verify(hash, password)
    const isReplaced = isRight && hash !== null && passwords.isOutdated(hash)
    // The rules for new passwords do not apply, because people may keep an old password.
    return { isRight, newHash: isReplaced ? await passwords.hash(normalisePassword(password)) : null }
  } catch (error) {
    await runTransaction(deps, (tx) => takeBackAttempt(tx, attempt, { isSuccess: false }))
    throw error
  }
}

/**
 * Verifies the current password of a person who changes it, with the same limits as at sign-in. If the account has no
 * password, there is nothing to verify. `address`: IP address of the client.
 * @returns a function that takes back the attempt, which counts as a failure until then
 * Throws `invalid-request` with the pointer /currentPassword, `rate-limited` and `overloaded`.
 */
export async function verifyCurrentPassword(
  deps: PasswordDeps,
  { id, email, password_hash: hash }: AccountRow,
  typed: string | undefined,
  address: string,
): Promise<(tx: Tx) => Promise<void>> {
  if (hash === null) return () => Promise.resolve()
  if (typed === undefined) throw rejected('is missing; send the present password of your account')
  return deps.passwords.inTurn(async () => {
    const attempt = await claimAttempt(deps, { email, accountId: id, address })
    const { isRight } = await verifyPassword(deps, attempt, hash, typed)
    if (!isRight) throw rejected('is wrong; type the present password of your account')
    return (tx) => takeBackAttempt(tx, attempt, { isSuccess: true })
  })
}

function rejected(message: string): DomainError {
  return new DomainError('invalid-request', `The current password ${message}.`, [
    { pointer: '/currentPassword', message },
  ])
}
