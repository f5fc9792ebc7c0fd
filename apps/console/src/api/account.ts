import type { OwnAccountBody } from '@kickstand/contract'
import type { AccountPrincipal } from '@kickstand/domain'
import { queryOptions, type QueryClient } from '@tanstack/react-query'
import { createContext, use } from 'react'
import { server } from './call.ts'
import { isRejection } from './step-up.ts'

const OWN_ACCOUNT = ['own-account'] as const
const SESSION_ENDED = ['session-ended'] as const

/** The account of the session; null if nobody has signed in. */
export const ownAccountQuery = queryOptions({
  queryKey: OWN_ACCOUNT,
  queryFn: async ({ signal, client }): Promise<OwnAccountBody | null> => {
    // Another request may have renewed the session while this request was sent with the earlier cookie.
    const attempts = client.getQueryData(OWN_ACCOUNT) ? 2 : 1
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await server.getOwnAccount(signal)
      } catch (error) {
        if (!isRejection(error, 'sign-in-required')) throw error
        if (attempt < attempts) continue
        if (attempts > 1) client.setQueryData(SESSION_ENDED, true)
        return null
      }
    }
  },
  // A demotion or the end of the session is noticed soon, and at once when the person returns to the page.
  // If the server does not answer, the page tries again sooner.
  refetchInterval: ({ state }) => (state.status === 'error' ? 5_000 : 60_000),
  staleTime: 5_000,
})

/** Switches to another account; null shows the sign-in. The cached data of the earlier account is deleted. */
export function showAccount(client: QueryClient, account: OwnAccountBody | null): void {
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== OWN_ACCOUNT[0] })
  client.setQueryData(OWN_ACCOUNT, account)
}

/** Whether the session ended by something else than the person's sign-out on this page. */
export function hasSessionEnded(client: QueryClient): boolean {
  return client.getQueryData(SESSION_ENDED) === true
}

/** Reads the person's own account again after a change. */
export function refreshAccount(client: QueryClient): Promise<void> {
  return client.invalidateQueries({ queryKey: OWN_ACCOUNT })
}

export type SignedIn = { readonly account: OwnAccountBody; readonly principal: AccountPrincipal }

export const SignedInContext = createContext<SignedIn | null>(null)

/** The person who has signed in. Throws outside of pages that need one. */
export function useSignedIn(): SignedIn {
  const signedIn = use(SignedInContext)
  if (signedIn === null) throw new Error('useSignedIn: render this component inside the frame of a page with sign-in.')
  return signedIn
}
