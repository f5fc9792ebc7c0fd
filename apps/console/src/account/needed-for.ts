import type { OwnAccountBody } from '@kickstand/contract'

type Credentials = Pick<OwnAccountBody, 'hasPassword' | 'hasAuthenticator' | 'needsSecondFactor'> & {
  readonly passkeys: readonly unknown[]
}

/**
 * What the account would lose without a credential: the sign-in, or the second factor that its roles need. Null if the
 * credential can be removed. The server checks the same.
 */
export function neededFor(
  account: Credentials,
  credential: 'passkey' | 'authenticator' | 'password',
): 'sign-in' | 'second-factor' | null {
  const passkeysLeft = account.passkeys.length - (credential === 'passkey' ? 1 : 0)
  if (passkeysLeft > 0) return null
  if (!account.hasPassword || credential === 'password') return 'sign-in'
  const keepsApp = account.hasAuthenticator && credential !== 'authenticator'
  return keepsApp || !account.needsSecondFactor ? null : 'second-factor'
}
