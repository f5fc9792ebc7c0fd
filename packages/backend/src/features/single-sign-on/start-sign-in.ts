import { DomainError } from '@kickstand/domain'
import {
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  randomNonce,
  randomPKCECodeVerifier,
  type Configuration,
} from 'openid-client'
import type { Db } from '#db/schema.ts'
import type { Clock } from '#platform/clock.ts'
import { hashOfKey, newSecret } from '#platform/ids.ts'
import type { Discover } from './discover-provider.ts'
import { insertProviderSignIn, readProvider } from './provider-store.ts'

/** How long a person may take at the provider. */
export const SIGN_IN_MS = 10 * 60_000

/** `callback`: the address to which the provider sends the browser back. */
export type ProviderDeps = {
  readonly db: Db
  readonly clock: Clock
  readonly discover: Discover
  readonly callback: string
}

export type StartedSignIn = {
  /** The address to which the browser is sent. */
  readonly address: string
  /** For the cookie that binds the sign-in to this browser. */
  readonly browserSecret: string
}

/**
 * Begins a sign-in at the identity provider of an organisation, with PKCE, `state` and `nonce`. `sessionId`: the session to
 * whose account the identity is to be connected; null for a sign-in. Throws `not-found` if there is no provider, and
 * `provider-failed`.
 */
export async function startSignIn(
  { db, clock, discover, callback }: ProviderDeps,
  organisationId: string,
  sessionId: string | null,
): Promise<StartedSignIn> {
  const provider = await readProvider(db, organisationId)
  if (provider === undefined)
    throw new DomainError('not-found', 'This organisation has no identity provider. Sign in another way.')
  const configuration = await discover(provider)
  const [state, browserSecret, nonce, verifier] = [newSecret(), newSecret(), randomNonce(), randomPKCECodeVerifier()]
  const parameters = {
    redirect_uri: callback,
    response_type: 'code',
    scope: 'openid',
    state,
    nonce,
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  }
  const address = addressOf(configuration, parameters)
  await insertProviderSignIn(db, {
    state_hash: hashOfKey(state),
    browser_hash: hashOfKey(browserSecret),
    organisation_id: organisationId,
    nonce,
    verifier,
    session_id: sessionId,
    expires_at: clock() + SIGN_IN_MS,
  })
  return { address, browserSecret }
}

function addressOf(configuration: Configuration, parameters: Readonly<Record<string, string>>): string {
  try {
    return buildAuthorizationUrl(configuration, { ...parameters }).href
  } catch (error) {
    const text =
      'The identity provider publishes an address for signing in that is not an https address. Its operator has to correct it.'
    throw new DomainError('provider-failed', text, [], error)
  }
}
