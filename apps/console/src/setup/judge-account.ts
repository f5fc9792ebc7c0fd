import type { OwnAccountBody } from '@kickstand/contract'

export type CheckState = 'running' | 'good' | 'warning' | 'bad'

type Account = Pick<OwnAccountBody, 'roles' | 'passkeys' | 'hasAuthenticator' | 'recoveryCodesLeft'>

export type AccountState = {
  readonly isAdmin: boolean
  readonly secondFactor: CheckState
  /** A second way to sign in if a device is lost. */
  readonly spare: CheckState
}

/**
 * The results of the self-check for an account: whether it is an admin, whether it has a second factor, and whether there is
 * a second way to sign in if a device is lost.
 */
export function judgeAccount({ roles, passkeys, hasAuthenticator, recoveryCodesLeft }: Account): AccountState {
  const hasSecondFactor = passkeys.length > 0 || hasAuthenticator
  const hasSpare = passkeys.length > 1 || (hasAuthenticator && (recoveryCodesLeft > 0 || passkeys.length > 0))
  return {
    isAdmin: roles.includes('admin'),
    secondFactor: hasSecondFactor ? 'good' : 'bad',
    spare: hasSpare ? 'good' : 'warning',
  }
}
