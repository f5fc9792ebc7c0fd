import type { QueryClient, QueryKey } from '@tanstack/react-query'
import { KEYS } from '../api/queries.ts'

/** What is told of a change before others know of it: a server, and a shared cache on the way, may each be a second behind. */
const SETTLED_MS = 2_000
/** Everyone near hears of it in the same moment, and shall not ask in the same moment. */
const SPREAD_MS = 1_000
const keysToAsk = new Map<string, QueryKey>()
let settling: ReturnType<typeof setTimeout> | undefined

function askWhenSettled(client: QueryClient, keys: readonly QueryKey[]): void {
  for (const key of keys) keysToAsk.set(key.join(' '), key)
  settling ??= setTimeout(
    () => {
      settling = undefined
      for (const queryKey of keysToAsk.values()) void client.invalidateQueries({ queryKey })
      keysToAsk.clear()
    },
    SETTLED_MS + SPREAD_MS * Math.random(),
  )
}

/** Zones came, went or changed in their facts: ask for them again where they are in sight. */
export function refetchZones(client: QueryClient, ids: readonly string[]): void {
  askWhenSettled(client, [[KEYS.nearby], [KEYS.area], [KEYS.ahead], ...ids.map((id) => [KEYS.zone, id])])
}

/** Anything may have changed while the stream was away: ask for all that is in sight. */
export function refetchAll(client: QueryClient): void {
  askWhenSettled(client, [[KEYS.nearby], [KEYS.area], [KEYS.zone], [KEYS.reports], [KEYS.ahead]])
}
