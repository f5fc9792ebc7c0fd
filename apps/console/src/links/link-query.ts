import { queryOptions } from '@tanstack/react-query'
import { server } from '#api/call.ts'

/** What a one-time link is for. Read once: it does not change, and each reading counts against a limit. */
export function linkQuery(secret: string) {
  return queryOptions({
    queryKey: ['link', secret],
    queryFn: ({ signal }) => server.readLink(secret, signal),
    enabled: secret !== '',
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  })
}
