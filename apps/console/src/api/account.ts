import type { OwnAccountBody } from '@kickstand/contract'
import type { AccountPrincipal } from '@kickstand/domain'
import { queryOptions, type QueryClient } from '@tanstack/react-query'
import { createContext, use } from 'react'
import { server } from './call.ts'
import { isRejection } from './step-up.ts'

const OWN_ACCOUNT = ['own-account'] as const

/** The account of the session; null if nobody has signed in. */
export const ownAccountQuery = queryOptions({
  queryKey: OWN_ACCOUNT,
  queryFn: async ({ signal, client }): Promise<OwnAccountBody | null> => {
    // Another request may have renewed the session while this one was on its way with the cookie from before.
    const attempts = client.getQueryData(OWN_ACCOUNT) ? 2 : 1
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await server.getOwnAccount(signal)
      } catch (error) {
        if (!isRejection(error, 'sign-in-required')) throw error
        if (attempt === attempts) return null
      }
    }
  },
  // A demotion or the end of the session shows soon, and at once when the person returns to the page.
  refetchInterval: 60_000,
  staleTime: 5_000,
})

/** Shows another account, or the sign-in with null. What the page knew as the one before is forgotten. */
export function showAccount(client: QueryClient, account: OwnAccountBody | null): void {
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== OWN_ACCOUNT[0] })
  client.setQueryData(OWN_ACCOUNT, account)
}

/** Reads the own account again, after a change of it. */
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
