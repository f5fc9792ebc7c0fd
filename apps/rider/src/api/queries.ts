import type { ZoneBody } from '@kickstand/contract'
import type { Vehicle } from '@kickstand/domain'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { getAppConfig, getArea, getNearby, getZone, type Area, type Point } from './client.ts'
import { serverNow } from './server-clock.ts'
import { widened, type ZoneFilters } from './zone-filters.ts'

/** First parts of the query keys, by which live updates find queries in the cache. */
export const KEYS = {
  nearby: 'nearby',
  area: 'area',
  zone: 'zone',
  reports: 'zone-reports',
  ahead: 'ahead',
  own: 'own',
} as const

const MINUTE_MS = 60_000
const MAX_REFETCH_WAIT_MS = 60 * MINUTE_MS
export const MAX_COUNTED = 100

export const appConfigQuery = queryOptions({
  queryKey: ['app-config'],
  queryFn: ({ signal }) => getAppConfig(signal),
  // The map and the start position come from this query, so it is retried until it succeeds.
  refetchInterval: ({ state }) => (state.data === undefined ? MINUTE_MS / 12 : false),
  staleTime: 10 * MINUTE_MS,
})

/** The query key. Forecasts have another first part, so that live figures are never written into them. */
function keyOf(name: string, what: unknown, ahead: number, filters: unknown): readonly unknown[] {
  return ahead === 0 ? [name, what, filters] : [KEYS.ahead, name, what, ahead, filters]
}

/** The time to request; null is the present. */
function timeAhead(ahead: number): string | null {
  return ahead === 0 ? null : new Date(serverNow() + ahead * MINUTE_MS).toISOString()
}

/** A forecast is refetched every minute, because "in 30 minutes" moves with the clock. */
function refetchEvery(ahead: number): number | false {
  return ahead === 0 ? false : MINUTE_MS
}

/** Milliseconds until the rules of a zone change; false if none will. */
function untilRulesChange(zones: readonly Pick<ZoneBody, 'rules'>[]): number | false {
  const times = zones.flatMap(({ rules }) => rules?.validUntil ?? [])
  if (times.length === 0) return false
  const first = Math.min(...times.map((until) => Date.parse(until)))
  return Math.min(MAX_REFETCH_WAIT_MS, Math.max(MINUTE_MS / 60, first - serverNow()))
}

/** The nearest zones with figures for `ahead` minutes from now. The data includes `ahead`. */
export function nearbyQuery(point: Point | null, ahead: number, filters: ZoneFilters) {
  return queryOptions({
    queryKey: keyOf(KEYS.nearby, point, ahead, filters),
    queryFn: async ({ signal }) => {
      const body = await getNearby(point ?? { lat: 0, lng: 0 }, timeAhead(ahead), filters, signal)
      return { ...body, ahead }
    },
    enabled: point !== null,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => refetchEvery(ahead) || untilRulesChange(state.data?.zones ?? []),
    staleTime: MINUTE_MS,
  })
}

/** The zones that match the filters or whose data is too incomplete to say, up to `MAX_COUNTED`. */
export function countMatchesQuery(point: Point | null, ahead: number, filters: ZoneFilters) {
  return queryOptions({
    queryKey: [...keyOf(KEYS.nearby, point, ahead, widened(filters)), 'count'],
    queryFn: ({ signal }) =>
      getNearby(point ?? { lat: 0, lng: 0 }, timeAhead(ahead), widened(filters), signal, MAX_COUNTED),
    enabled: point !== null,
    staleTime: MINUTE_MS,
  })
}

/** The zones of an area, `ahead` minutes from now. Not fetched while there is no area. */
export function areaQuery(area: Area | null, ahead: number, filters: ZoneFilters) {
  return queryOptions({
    queryKey: keyOf(KEYS.area, area, ahead, filters),
    queryFn: ({ signal }) =>
      getArea(area ?? { west: 0, south: 0, east: 0, north: 0 }, timeAhead(ahead), filters, signal),
    enabled: area !== null,
    placeholderData: keepPreviousData,
    refetchInterval: refetchEvery(ahead),
    staleTime: MINUTE_MS,
  })
}

export function zoneQuery(id: string, vehicle: Vehicle, ahead = 0) {
  return queryOptions({
    queryKey: keyOf(KEYS.zone, id, ahead, vehicle),
    queryFn: ({ signal }) => getZone(id, timeAhead(ahead), vehicle, signal),
    refetchInterval: refetchEvery(ahead),
    staleTime: MINUTE_MS,
  })
}
