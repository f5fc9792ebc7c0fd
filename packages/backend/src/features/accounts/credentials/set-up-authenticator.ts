import type { AuthenticatorConfirmation, AuthenticatorSetupBody } from '@kickstand/contract'
import { DomainError } from '@kickstand/domain'
import { signInRequired } from '#http/auth/principal.ts'
import { readAccount, updateAccount } from '../people/account-store.ts'
import type { ChangeOwnDeps, Self } from '../sessions/change-own.ts'
import { changeCredentials } from './change-credentials.ts'
import { authenticatorUri, newAuthenticatorSecret, stepOfCode } from './authenticator-codes.ts'
import {
  activateRecoveryCodes,
  deleteRecoveryCodes,
  hasRecoveryCode,
  insertRecoveryCodes,
} from './recovery-code-store.ts'
import { hashOfRecoveryCode, newRecoveryCodes } from './recovery-codes.ts'

/** Starts to set up an authenticator app. The app is valid once it is confirmed. Until then, an earlier app stays valid. */
export async function startAuthenticator(
  deps: ChangeOwnDeps,
  self: Self,
): Promise<{ readonly secret: string; readonly result: AuthenticatorSetupBody }> {
  const { accountId } = self.account
  const secret = newAuthenticatorSecret()
  const codes = newRecoveryCodes()
  return changeCredentials(deps, self, async (tx) => {
    await updateAccount(tx, accountId, { totp_pending: secret })
    const account = await readAccount(tx, accountId)
    if (account === undefined) throw signInRequired()
    await deleteRecoveryCodes(tx, accountId, true)
    await insertRecoveryCodes(tx, accountId, codes.hashes, true)
    const result = { secret, uri: authenticatorUri(secret, account.email), recoveryCodes: codes.shown }
    const before = { isOn: account.totp_secret !== null }
    return { action: 'authenticators:start', before, after: { ...before, isPending: true }, result }
  })
}

/**
 * Turns an authenticator app on. The code of the app proves that the app works. The recovery code proves that the person has
 * stored the codes.
 * @returns the new secret of the session, which now has a second factor
 * Throws `not-found` if no setup was started, and `invalid-request` for a wrong code.
 */
export async function confirmAuthenticator(
  deps: ChangeOwnDeps,
  self: Self,
  { code, recoveryCode }: AuthenticatorConfirmation,
): Promise<string> {
  const { accountId } = self.account
  const { secret } = await changeCredentials(deps, self, async (tx) => {
    // This update comes first, so that concurrent confirmations run one after the other.
    await updateAccount(tx, accountId, {})
    const account = await readAccount(tx, accountId)
    const pending = account?.totp_pending ?? null
    if (account === undefined || pending === null)
      throw new DomainError('not-found', 'No authenticator app is being set up. Start again.')
    const step = stepOfCode(pending, code, deps.clock())
    if (step === null) throw wrong('/code', 'is not the one that the app shows now; check the clock of the device')
    if (!(await hasRecoveryCode(tx, accountId, hashOfRecoveryCode(recoveryCode), true)))
      throw wrong('/recoveryCode', 'is none of the ten that were shown; type one of them')
    await updateAccount(tx, accountId, { totp_secret: pending, totp_pending: null, totp_last_step: step })
    await deleteRecoveryCodes(tx, accountId, false)
    await activateRecoveryCodes(tx, accountId)
    return {
      action: 'authenticators:confirm',
      before: { isOn: account.totp_secret !== null },
      after: { isOn: true },
      proof: { hasSecondFactor: true },
      result: null,
    }
  })
  return secret
}

function wrong(pointer: string, message: string): DomainError {
  const name = pointer === '/code' ? 'code' : 'recovery code'
  return new DomainError('invalid-request', `The ${name} ${message}.`, [{ pointer, message }])
}
