import { failureOf } from '@kickstand/client'
import type { AppConfigBody, NearbyBody, ZoneBody } from '@kickstand/contract'
import type { Query, QueryClient } from '@tanstack/react-query'
import type { Area, Point } from '../api/client.ts'
import { KEYS } from '../api/queries.ts'
import type { ZoneFilters } from '../api/zone-filters.ts'
import { MAX_FIGURE_AGE_MS, withExpiredFigures } from './expire-figures.ts'
import { areaFromSaved, nearbyFromSaved, zoneFromSaved, type SavedAnswer } from './saved-answers.ts'
import type { SavedZonesStore, SavedZone } from './saved-zones-store.ts'

/** Changes are written to the store in batches at this interval. */
const WRITE_INTERVAL_MS = 5_000
/** After this time without an answer, saved zones are shown: in a dead spot a request may hang instead of failing. */
const SLOW_REQUEST_MS = 1_500
/** Interval of retries while the server cannot be reached. */
const RETRY_INTERVAL_MS = 10_000

const CONFIG = 'app-config'
const STORED_QUERIES: readonly unknown[] = [KEYS.nearby, KEYS.area, KEYS.zone, CONFIG]

function zonesOf({ queryKey, state }: Query): readonly ZoneBody[] {
  switch (queryKey[0]) {
    case KEYS.nearby:
      return (state.data as NearbyBody).zones.map(({ distance: _distance, ...zone }) => zone)
    case KEYS.area:
      return state.data as ZoneBody[]
    case KEYS.zone:
      return [state.data as ZoneBody]
    default:
      return []
  }
}

/** The answer to a query from saved data; null if there is none. */
async function savedAnswer(
  store: SavedZonesStore,
  { queryKey: [name, what, filters] }: Query,
  now: number,
): Promise<SavedAnswer<unknown> | null> {
  // The keys are those of `api/queries.ts`.
  if (name === KEYS.nearby) return nearbyFromSaved(await store.zones(), what as Point, now, filters as ZoneFilters)
  if (name === KEYS.area) return areaFromSaved(await store.zones(), what as Area, now)
  if (name === KEYS.zone) return zoneFromSaved(await store.zone(what as string), now)
  const saved = await store.config()
  return saved === undefined ? null : { data: saved.config, at: saved.at }
}

/**
 * Saves the zones in the server's answers, answers queries from them while the server cannot be reached, and expires
 * their figures meanwhile. A saved answer has the time of its oldest part.
 */
export function syncSavedZones(client: QueryClient, store: SavedZonesStore): void {
  const cache = client.getQueryCache()
  const changed = new Set<Query>()
  /** Hashes of queries with a saved answer that the server has not answered since. */
  const offlineQueries = new Set<string>()
  /** Hashes of queries whose next change of data comes from this module. */
  const ownChanges = new Set<string>()

  function put(query: Query, data: unknown, updatedAt: number): void {
    offlineQueries.add(query.queryHash)
    ownChanges.add(query.queryHash)
    client.setQueryData(query.queryKey, data, { updatedAt })
  }

  async function write(): Promise<void> {
    const zones = new Map<string, SavedZone>()
    for (const query of changed) {
      const at = query.state.dataUpdatedAt
      if (query.queryKey[0] === CONFIG) await store.putConfig(query.state.data as AppConfigBody, at)
      for (const zone of zonesOf(query)) {
        if ((zones.get(zone.id)?.at ?? 0) <= at) zones.set(zone.id, { id: zone.id, zone, at })
      }
    }
    changed.clear()
    if (zones.size > 0) await store.putZones([...zones.values()])
  }

  async function restore(query: Query): Promise<void> {
    const saved = await savedAnswer(store, query, Date.now())
    if (saved !== null && query.state.data === undefined) put(query, saved.data, saved.at)
  }

  function restoreIfNeeded(query: Query): void {
    const { data, fetchFailureReason, status } = query.state
    if (data !== undefined || !query.isActive() || !STORED_QUERIES.includes(query.queryKey[0])) return
    const failure = fetchFailureReason ?? query.state.error
    if (failure !== null && failureOf(failure).kind === 'unreachable') void restore(query)
    else if (failure === null && status === 'pending') {
      setTimeout(() => {
        if (query.state.data === undefined) void restore(query)
      }, SLOW_REQUEST_MS)
    }
  }

  cache.subscribe((event) => {
    if (event.type !== 'updated' || !STORED_QUERIES.includes(event.query.queryKey[0])) return
    if (event.action.type === 'success') {
      if (ownChanges.delete(event.query.queryHash)) return
      offlineQueries.delete(event.query.queryHash)
      changed.add(event.query)
    } else if (event.action.type === 'failed' || event.action.type === 'fetch') restoreIfNeeded(event.query)
  })
  // Queries that succeeded or failed before this module was loaded.
  for (const query of cache.findAll()) {
    if (query.state.data === undefined) restoreIfNeeded(query)
    else if (STORED_QUERIES.includes(query.queryKey[0])) changed.add(query)
  }

  /** Refetches visible queries that have a saved or old answer, and expires old figures. */
  function refetchStale(): void {
    for (const query of cache.findAll({
      type: 'active',
      predicate: ({ queryKey }) => STORED_QUERIES.includes(queryKey[0]),
    })) {
      const { data, dataUpdatedAt, fetchFailureCount, status } = query.state
      // Live figures may have arrived meanwhile, but they are not the answer that failed.
      const isOffline = status === 'error' || fetchFailureCount > 0 || offlineQueries.has(query.queryHash)
      const age = Date.now() - dataUpdatedAt
      if (!isOffline && age < MAX_FIGURE_AGE_MS) continue
      if (isOffline && data !== undefined && age >= MAX_FIGURE_AGE_MS)
        put(query, expiredAnswer(query, age), dataUpdatedAt)
      void client.refetchQueries({ queryKey: query.queryKey, exact: true })
    }
  }

  const writeNow = (): void => void write().catch(() => undefined)
  setInterval(writeNow, WRITE_INTERVAL_MS)
  document.addEventListener('visibilitychange', writeNow)
  window.addEventListener('pagehide', writeNow)
  window.addEventListener('online', refetchStale)
  setInterval(refetchStale, RETRY_INTERVAL_MS)
}

function expiredAnswer({ queryKey: [name], state: { data } }: Query, age: number): unknown {
  if (name === KEYS.nearby) {
    const body = data as NearbyBody
    return { ...body, zones: body.zones.map((zone) => withExpiredFigures(zone, age)) }
  }
  if (name === KEYS.area) return (data as ZoneBody[]).map((zone) => withExpiredFigures(zone, age))
  return name === KEYS.zone ? withExpiredFigures(data as ZoneBody, age) : data
}
