import { DomainError } from '@kickstand/domain'
import {
  allowInsecureRequests,
  ClientSecretBasic,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  type Configuration,
} from 'openid-client'
import { createLookupCache } from '#platform/lookup-cache.ts'
import { fetchLimited } from './fetch-limited.ts'
import type { IdentityProvidersTable } from './tables.ts'

const TIMEOUT_SECONDS = 10
/** Providers rarely change their keys and addresses. The keys are also fetched again if a token has an unknown key. */
const CACHE_MS = 10 * 60_000

/** Finds the addresses and keys of providers and remembers them for ten minutes. */
export type Discover = (
  provider: Pick<IdentityProvidersTable, 'issuer' | 'client_id' | 'client_secret'>,
) => Promise<Configuration>

export function createDiscover(uptime: () => number): Discover {
  const cache = createLookupCache<Configuration>(uptime, CACHE_MS)
  return async ({ issuer, client_id, client_secret }) => {
    const key = JSON.stringify([issuer, client_id, client_secret])
    return cache.get(key, () => discover(issuer, client_id, client_secret))
  }
}

async function discover(issuer: string, clientId: string, clientSecret: string): Promise<Configuration> {
  const address = new URL(issuer)
  // OpenID Connect accepts TLS in place of the signature of an ID token from the token endpoint, and so does openid-client by
  // default. A proxy that decrypts TLS could then forge sign-ins. With these checks the token must be signed by a key that
  // the provider publishes, with an asymmetric algorithm.
  const execute = [enableNonRepudiationChecks, ...(isLoopback(address) ? [allowInsecureRequests] : [])]
  try {
    return await discovery(address, clientId, clientSecret, ClientSecretBasic(clientSecret), {
      timeout: TIMEOUT_SECONDS,
      execute,
      // Also for the later requests: tokens and keys.
      [customFetch]: fetchLimited,
    })
  } catch (error) {
    const text = `The identity provider ${issuer} cannot be reached or does not publish its configuration. Try again, or sign in another way.`
    throw new DomainError('provider-failed', text, [], error)
  }
}

/** Only a provider on this machine may be without TLS. */
export function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]'
}
