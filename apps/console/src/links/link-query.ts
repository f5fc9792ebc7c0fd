import { queryOptions } from '@tanstack/react-query'
import { server } from '#api/call.ts'

/**
 * Reads the purpose of a one-time link. It is read only once, because it does not change and each request counts towards a
 * limit.
 */
export function linkQuery(secret: string) {
  return queryOptions({
    queryKey: ['link', secret],
    queryFn: ({ signal }) => server.readLink(secret, signal),
    enabled: secret !== '',
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  })
}
