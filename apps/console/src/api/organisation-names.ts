import { can } from '@kickstand/domain'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { useSignedIn } from './account.ts'
import { server } from './call.ts'
import { KEYS } from './keys.ts'

const LIMIT = 100

/** The first organisations that the person may see, for choices and names. */
export const ownOrganisationsQuery = queryOptions({
  queryKey: [KEYS.organisations, 'names'],
  queryFn: ({ signal }) => server.getOrganisations({ limit: LIMIT }, signal),
  staleTime: 60_000,
})

/** Returns the name of an organisation; its id where the name is not known. */
export function useOrganisationNames(): (id: string) => string {
  const { principal } = useSignedIn()
  const { data } = useQuery({ ...ownOrganisationsQuery, enabled: can(principal, 'organisations:read') })
  return (id) => data?.organisations.find((one) => one.id === id)?.name ?? id
}
