import { DomainError } from '@kickstand/domain'
import { authorizationCodeGrant } from 'openid-client'
import { hashOfKey } from '#platform/ids.ts'
import type { IdentityProvidersTable } from './tables.ts'
import { readProvider, takeProviderSignIn } from './provider-store.ts'
import type { ProviderDeps } from './start-sign-in.ts'

/** The person whom the provider has identified. `identityId`: of its table; `sessionId`: see `startSignIn`. */
export type Identified = {
  readonly identityId: string
  readonly organisationId: string
  readonly countsAsSecondFactor: boolean
  readonly sessionId: string | null
}

/**
 * Finishes a sign-in with the answer of the identity provider in `query`. Throws `sign-in-failed` if another browser started
 * it, if it has expired or was already used, or if the answer of the provider is invalid.
 */
export async function finishSignIn(
  { db, clock, discover, callback }: ProviderDeps,
  query: string,
  browserSecret: string | null,
): Promise<Identified> {
  const state = new URLSearchParams(query).get('state') ?? ''
  const started = await takeProviderSignIn(db, hashOfKey(state))
  const isOwn = started !== undefined && browserSecret !== null && started.browser_hash === hashOfKey(browserSecret)
  if (!isOwn || clock() >= started.expires_at)
    throw failed('It took too long, was used before, or began in another browser.')
  const provider = await readProvider(db, started.organisation_id)
  if (provider === undefined) throw failed('The identity provider was removed meanwhile.')
  const subject = await identify({ discover, callback }, provider, started, { query, state })
  return {
    identityId: identityIdOf(provider, subject),
    organisationId: started.organisation_id,
    countsAsSecondFactor: provider.counts_as_second_factor === 1,
    sessionId: started.session_id,
  }
}

/**
 * The id of a person at a provider. It contains the organisation: two organisations can have the same issuer, and what a person
 * connected for one of them does not hold for the other.
 */
export function identityIdOf(
  { organisation_id, issuer }: Pick<IdentityProvidersTable, 'organisation_id' | 'issuer'>,
  subject: string,
): string {
  return hashOfKey(JSON.stringify([organisation_id, issuer, subject]))
}

async function identify(
  { discover, callback }: Pick<ProviderDeps, 'discover' | 'callback'>,
  provider: IdentityProvidersTable,
  { nonce, verifier }: { readonly nonce: string; readonly verifier: string },
  { query, state }: { readonly query: string; readonly state: string },
): Promise<string> {
  const configuration = await discover(provider)
  try {
    const tokens = await authorizationCodeGrant(configuration, new URL(`${callback}?${query}`), {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
    })
    const subject = tokens.claims()?.sub
    if (subject === undefined) throw new Error('the ID token has no subject')
    return subject
  } catch (error) {
    throw failed('The identity provider rejected it, or its answer could not be checked.', error)
  }
}

function failed(why: string, cause?: unknown): DomainError {
  return new DomainError('sign-in-failed', `The sign-in with your organisation failed. ${why} Start again.`, [], cause)
}
