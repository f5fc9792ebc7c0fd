import type { ZoneBody } from '@kickstand/contract'
import type { Vehicle } from '@kickstand/domain'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import {
  getAppConfig,
  getArea,
  getForecast,
  getNearby,
  getZone,
  getZoneReports,
  type Area,
  type Point,
} from './client.ts'
import { serverNow } from './server-clock.ts'
import { widened, type ZoneFilters } from './zone-filters.ts'

/** First words of the query keys, so that what is live can be found in the cache. */
export const KEYS = {
  nearby: 'nearby',
  area: 'area',
  zone: 'zone',
  reports: 'zone-reports',
  ahead: 'ahead',
  own: 'own',
} as const

const MINUTE = 60_000
const MOST_WAIT = 60 * MINUTE
export const COUNTED_AT_MOST = 100

export const appConfigQuery = queryOptions({
  queryKey: ['app-config'],
  queryFn: ({ signal }) => getAppConfig(signal),
  // The map and the start position come from this query, so it is retried until it succeeds.
  refetchInterval: ({ state }) => (state.data === undefined ? MINUTE / 12 : false),
  staleTime: 10 * MINUTE,
})

/** The key of what is asked for now, or of its forecast: live figures are written into the first and never into the other. */
function keyOf(name: string, what: unknown, ahead: number, filters: unknown): readonly unknown[] {
  return ahead === 0 ? [name, what, filters] : [KEYS.ahead, name, what, ahead, filters]
}

/** The time to ask for; null asks for the present. */
function timeAhead(ahead: number): string | null {
  return ahead === 0 ? null : new Date(serverNow() + ahead * MINUTE).toISOString()
}

/** "In 30 minutes" moves on with the clock. */
function refetchEvery(ahead: number): number | false {
  return ahead === 0 ? false : MINUTE
}

/** Milliseconds until the rules of some zone are otherwise, or false where there is none. */
function untilRulesChange(zones: readonly Pick<ZoneBody, 'rules'>[]): number | false {
  const times = zones.flatMap(({ rules }) => rules?.validUntil ?? [])
  if (times.length === 0) return false
  const first = Math.min(...times.map((until) => Date.parse(until)))
  return Math.min(MOST_WAIT, Math.max(MINUTE / 60, first - serverNow()))
}

/** The nearest zones as they are, or as they will likely be `ahead` minutes from now. The answer says which. */
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
    staleTime: MINUTE,
  })
}

/** How many zones pass or may pass: those that nobody has described among them. */
export function widenedQuery(point: Point | null, ahead: number, filters: ZoneFilters) {
  return queryOptions({
    queryKey: [...keyOf(KEYS.nearby, point, ahead, widened(filters)), 'count'],
    queryFn: ({ signal }) =>
      getNearby(point ?? { lat: 0, lng: 0 }, timeAhead(ahead), widened(filters), signal, COUNTED_AT_MOST),
    enabled: point !== null,
    staleTime: MINUTE,
  })
}

export function areaQuery(area: Area | null, ahead: number, filters: ZoneFilters) {
  return queryOptions({
    queryKey: keyOf(KEYS.area, area, ahead, filters),
    queryFn: ({ signal }) =>
      getArea(area ?? { west: 0, south: 0, east: 0, north: 0 }, timeAhead(ahead), filters, signal),
    enabled: area !== null,
    placeholderData: keepPreviousData,
    refetchInterval: refetchEvery(ahead),
    staleTime: MINUTE,
  })
}

export function zoneQuery(id: string, vehicle: Vehicle, ahead = 0) {
  return queryOptions({
    queryKey: keyOf(KEYS.zone, id, ahead, vehicle),
    queryFn: ({ signal }) => getZone(id, timeAhead(ahead), vehicle, signal),
    refetchInterval: refetchEvery(ahead),
    staleTime: MINUTE,
  })
}

/** A zone's next day. */
export function forecastQuery(id: string) {
  return queryOptions({
    queryKey: [KEYS.ahead, 'day', id],
    queryFn: ({ signal }) => getForecast(id, signal),
    refetchInterval: 5 * MINUTE,
    staleTime: MINUTE,
  })
}

export function zoneReportsQuery(id: string) {
  return queryOptions({ queryKey: [KEYS.reports, id], queryFn: ({ signal }) => getZoneReports(id, signal) })
}
