import { DomainError } from '@kickstand/domain'
import { runTransaction } from '#db/run-transaction.ts'
import type { Tx } from '#db/schema.ts'
import { uptime } from '#platform/clock.ts'
import { markStepUsed } from '../credentials/authenticator-store.ts'
import { stepOfCode } from '../credentials/authenticator-codes.ts'
import { hasRecoveryCode, spendRecoveryCode } from '../credentials/recovery-code-store.ts'
import { hashOfRecoveryCode } from '../credentials/recovery-codes.ts'
import { readAccount, readAccountByEmail, updateAccount, type AccountRow } from '../people/account-store.ts'
import { isSuspended } from '../people/suspension.ts'
import { claimAttempt, takeBackAttempt, type Attempt } from './claim-attempt.ts'
import { holdFailure } from './hold-failure.ts'
import { verifyPassword, type PasswordDeps } from './verify-password.ts'

export type VerifyDeps = PasswordDeps

/** The input of a person: a password and, if an authenticator app is set up, its code or a recovery code. */
export type TypedProof = { readonly password: string; readonly code?: string; readonly recoveryCode?: string }

/** A proof that has been verified. Spend it in the transaction of the change that it allows, so that its code works only once. */
export type VerifiedPerson = {
  readonly account: AccountRow
  readonly hasSecondFactor: boolean
  /** Returns false if the code was used or the password was changed in the meantime. */
  spend(tx: Tx): Promise<boolean>
}

/**
 * Verifies the password of the account with an e-mail address, and its code. Every failure gets the same answer after the
 * same time, whether or not the account exists. The attempt counts as a failure until the proof is spent. Spending the proof
 * also replaces a hash of the predecessor or with outdated parameters. Throws `sign-in-failed`, `second-factor-required` (the
 * password is right but a code is missing), `rate-limited` and `overloaded`.
 */
export async function verifyPerson(
  deps: VerifyDeps,
  claimed: { readonly email: string; readonly address: string },
  proof: TypedProof,
): Promise<VerifiedPerson> {
  let startedAt = uptime()
  try {
    return await deps.passwords.inTurn(() => {
      startedAt = uptime()
      return verifyProof(deps, claimed, proof)
    })
  } catch (error) {
    if (error instanceof DomainError && error.code === 'sign-in-failed') await holdFailure(deps.db, startedAt)
    throw error
  }
}

async function verifyProof(
  deps: VerifyDeps,
  { email, address }: { readonly email: string; readonly address: string },
  { password, ...codes }: TypedProof,
): Promise<VerifiedPerson> {
  const account = await readAccountByEmail(deps.db, email)
  const attempt = await claimAttempt(deps, { email, accountId: account?.id ?? null, address })
  const { isRight, newHash } = await verifyPassword(deps, attempt, account?.password_hash ?? null, password)
  if (!isRight || account === undefined || isSuspended(account, deps.clock())) throw signInFailed()
  const spendCode = await verifyCode(deps, attempt, account, codes)
  return {
    account,
    hasSecondFactor: spendCode !== null,
    async spend(tx) {
      if (spendCode !== null && !(await spendCode(tx))) return false
      await takeBackAttempt(tx, attempt, { isSuccess: true })
      const now = await readAccount(tx, account.id)
      if (now === undefined || isSuspended(now, deps.clock())) return false
      if (now.password_hash !== account.password_hash) return false
      // If two sign-ins happen at the same moment, one replaces the hash and the other fails.
      return newHash === null || updateAccount(tx, account.id, { password_hash: newHash }, now.version)
    },
  }
}

/** Verifies the second factor. Returns a function that uses up the code; null if the account needs no second factor. */
async function verifyCode(
  deps: VerifyDeps,
  attempt: Attempt,
  { id, totp_secret: secret }: AccountRow,
  { code, recoveryCode }: Omit<TypedProof, 'password'>,
): Promise<((tx: Tx) => Promise<boolean>) | null> {
  if (recoveryCode !== undefined) {
    const hash = hashOfRecoveryCode(recoveryCode)
    if (!(await hasRecoveryCode(deps.db, id, hash, false))) throw signInFailed()
    return (tx) => spendRecoveryCode(tx, id, hash)
  }
  if (secret === null) return null
  if (code === undefined) {
    await runTransaction(deps, (tx) => takeBackAttempt(tx, attempt, { isSuccess: false }))
    throw codeRequired()
  }
  const step = stepOfCode(secret, code, deps.clock())
  if (step === null) throw signInFailed()
  return (tx) => markStepUsed(tx, id, secret, step)
}

export function signInFailed(): DomainError {
  return new DomainError(
    'sign-in-failed',
    'The e-mail address, the password, the code or the passkey is wrong, or the account is suspended. Check them and try again.',
  )
}

function codeRequired(): DomainError {
  return new DomainError(
    'second-factor-required',
    'Send the same again with the code of your authenticator app as code, or one of your recovery codes as recoveryCode.',
  )
}
