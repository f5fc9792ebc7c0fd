import type { AppConfigBody, NearbyBody, ZoneBody } from '@kickstand/contract'
import type { Query, QueryClient } from '@tanstack/react-query'
import type { Area, Point } from '../api/client.ts'
import { failureOf } from '../api/http.ts'
import { KEYS } from '../api/queries.ts'
import type { ZoneFilters } from '../api/zone-filters.ts'
import { faded, FIGURES_LIVE_MS } from './fade.ts'
import { areaFrom, nearbyFrom, zoneFrom, type Remembered } from './from-known.ts'
import type { KnownStore, KnownZone } from './known-store.ts'

/** Live figures change all the time; what is known is written down so often. */
const WRITE_EVERY_MS = 5_000
/** A dead spot often swallows a request without a word: the last known state does not wait for it to fail. */
const PATIENCE_MS = 1_500
/** While the server cannot be reached it is asked so often whether it can. */
const TEND_EVERY_MS = 10_000

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

/** What is known in answer to a query, or null where nothing is. */
async function remember(
  store: KnownStore,
  { queryKey: [name, what, filters] }: Query,
  now: number,
): Promise<Remembered<unknown> | null> {
  // The keys are those of `api/queries.ts`.
  if (name === KEYS.nearby) return nearbyFrom(await store.zones(), what as Point, now, filters as ZoneFilters)
  if (name === KEYS.area) return areaFrom(await store.zones(), what as Area, now)
  if (name === KEYS.zone) return zoneFrom(await store.zone(what as string), now)
  const known = await store.config()
  return known === undefined ? null : { data: known.config, at: known.at }
}

/**
 * Writes down what the server tells of zones, answers from it where the server cannot be reached, and lets figures fade
 * while it stays so. An answer from memory carries the time of its oldest part as its own.
 */
export function keepKnown(client: QueryClient, store: KnownStore): void {
  const cache = client.getQueryCache()
  const changed = new Set<Query>()
  /** Queries that were answered from memory and not by the server since. */
  const cutOff = new Set<string>()
  /** Those of them whose next change of data is our own doing. */
  const ours = new Set<string>()

  function put(query: Query, data: unknown, updatedAt: number): void {
    cutOff.add(query.queryHash)
    ours.add(query.queryHash)
    client.setQueryData(query.queryKey, data, { updatedAt })
  }

  async function write(): Promise<void> {
    const known = new Map<string, KnownZone>()
    for (const query of changed) {
      const at = query.state.dataUpdatedAt
      if (query.queryKey[0] === CONFIG) await store.putConfig(query.state.data as AppConfigBody, at)
      for (const zone of zonesOf(query)) {
        if ((known.get(zone.id)?.at ?? 0) <= at) known.set(zone.id, { id: zone.id, zone, at })
      }
    }
    changed.clear()
    if (known.size > 0) await store.putZones([...known.values()])
  }

  async function restore(query: Query): Promise<void> {
    const remembered = await remember(store, query, Date.now())
    if (remembered !== null && query.state.data === undefined) put(query, remembered.data, remembered.at)
  }

  function look(query: Query): void {
    const { data, fetchFailureReason, status } = query.state
    if (data !== undefined || !query.isActive() || !STORED_QUERIES.includes(query.queryKey[0])) return
    const failure = fetchFailureReason ?? query.state.error
    if (failure !== null && failureOf(failure).kind === 'unreachable') void restore(query)
    else if (failure === null && status === 'pending') {
      setTimeout(() => {
        if (query.state.data === undefined) void restore(query)
      }, PATIENCE_MS)
    }
  }

  cache.subscribe((event) => {
    if (event.type !== 'updated' || !STORED_QUERIES.includes(event.query.queryKey[0])) return
    if (event.action.type === 'success') {
      if (ours.delete(event.query.queryHash)) return
      cutOff.delete(event.query.queryHash)
      changed.add(event.query)
    } else if (event.action.type === 'failed' || event.action.type === 'fetch') look(event.query)
  })
  // What came or failed before this part of the page was there.
  for (const query of cache.findAll()) {
    if (query.state.data === undefined) look(query)
    else if (STORED_QUERIES.includes(query.queryKey[0])) changed.add(query)
  }

  /** Asks again for what is in sight and came from memory or is old, and lets go of figures past their life. */
  function tend(): void {
    for (const query of cache.findAll({
      type: 'active',
      predicate: ({ queryKey }) => STORED_QUERIES.includes(queryKey[0]),
    })) {
      const { data, dataUpdatedAt, fetchFailureCount, status } = query.state
      // Live figures that come in meanwhile are news, but not the answer that failed.
      const isCutOff = status === 'error' || fetchFailureCount > 0 || cutOff.has(query.queryHash)
      const age = Date.now() - dataUpdatedAt
      if (!isCutOff && age < FIGURES_LIVE_MS) continue
      if (isCutOff && data !== undefined && age >= FIGURES_LIVE_MS) put(query, fadedAnswer(query, age), dataUpdatedAt)
      void client.refetchQueries({ queryKey: query.queryKey, exact: true })
    }
  }

  const writeNow = (): void => void write().catch(() => undefined)
  setInterval(writeNow, WRITE_EVERY_MS)
  document.addEventListener('visibilitychange', writeNow)
  window.addEventListener('pagehide', writeNow)
  window.addEventListener('online', tend)
  setInterval(tend, TEND_EVERY_MS)
}

function fadedAnswer({ queryKey: [name], state: { data } }: Query, age: number): unknown {
  if (name === KEYS.nearby) {
    const body = data as NearbyBody
    return { ...body, zones: body.zones.map((zone) => faded(zone, age)) }
  }
  if (name === KEYS.area) return (data as ZoneBody[]).map((zone) => faded(zone, age))
  return name === KEYS.zone ? faded(data as ZoneBody, age) : data
}
