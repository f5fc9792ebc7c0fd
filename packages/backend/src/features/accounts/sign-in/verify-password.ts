import { DomainError, normalisePassword } from '@kickstand/domain'
import { runTransaction } from '#db/run-transaction.ts'
import type { Tx } from '#db/schema.ts'
import type { PasswordHasher } from '../credentials/password-hasher.ts'
import type { AccountRow } from '../people/account-store.ts'
import { claimAttempt, takeBackAttempt, type Attempt, type AttemptDeps } from './claim-attempt.ts'

export type PasswordDeps = AttemptDeps & { readonly passwords: PasswordHasher }

/**
 * Verifies a password. An attempt that was not verified, since the server is busy, is no failure. `newHash`: to replace a hash of
 * the predecessor, or one with other costs than today's.
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
    // The rules for new passwords do not apply: nobody has to change the one they have.
    return { isRight, newHash: isReplaced ? await passwords.hash(normalisePassword(password)) : null }
  } catch (error) {
    await runTransaction(deps, (tx) => takeBackAttempt(tx, attempt, { isSuccess: false }))
    throw error
  }
}

/**
 * Verifies the current password of a person who changes it, with the same limits as guesses at sign-in. An account without a
 * password needs none. `address`: of the client.
 * @returns what takes back the attempt, which counts as a failure until then
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
