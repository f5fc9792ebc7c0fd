import type { QueryClient, QueryKey } from '@tanstack/react-query'
import { KEYS } from '../api/queries.ts'

/** The server and a shared cache may each be a second behind the live stream. */
const CACHE_LAG_MS = 2_000
/** Spreads the requests of all pages that receive the same message. */
const MAX_JITTER_MS = 1_000
const pendingKeys = new Map<string, QueryKey>()
let timer: ReturnType<typeof setTimeout> | undefined

function scheduleRefetch(client: QueryClient, keys: readonly QueryKey[]): void {
  for (const key of keys) pendingKeys.set(key.join(' '), key)
  timer ??= setTimeout(
    () => {
      timer = undefined
      for (const queryKey of pendingKeys.values()) void client.invalidateQueries({ queryKey })
      pendingKeys.clear()
    },
    CACHE_LAG_MS + MAX_JITTER_MS * Math.random(),
  )
}

/** Refetches the visible queries that may hold zones which were added, removed or changed. */
export function refetchZones(client: QueryClient, ids: readonly string[]): void {
  scheduleRefetch(client, [[KEYS.nearby], [KEYS.area], [KEYS.ahead], ...ids.map((id) => [KEYS.zone, id])])
}

/** Refetches all visible queries: anything may have changed while the stream was closed. */
export function refetchAll(client: QueryClient): void {
  scheduleRefetch(client, [[KEYS.nearby], [KEYS.area], [KEYS.zone], [KEYS.reports], [KEYS.ahead]])
}
