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

/** First words of the query keys, so that what is live can be found in the cache. */
export const KEYS = { nearby: 'nearby', area: 'area', zone: 'zone', reports: 'zone-reports', ahead: 'ahead' } as const

const MINUTE = 60_000

export const appConfigQuery = queryOptions({
  queryKey: ['app-config'],
  queryFn: ({ signal }) => getAppConfig(signal),
  staleTime: 10 * MINUTE,
})

/** The key of what is asked for now, or of its forecast: live figures are written into the first and never into the other. */
function keyOf(name: string, what: unknown, ahead: number): readonly unknown[] {
  return ahead === 0 ? [name, what] : [KEYS.ahead, name, what, ahead]
}

/** The time to ask for; null asks for the present. */
function timeAhead(ahead: number): string | null {
  return ahead === 0 ? null : new Date(serverNow() + ahead * MINUTE).toISOString()
}

/** "In 30 minutes" moves on with the clock. */
function refetchEvery(ahead: number): number | false {
  return ahead === 0 ? false : MINUTE
}

/** The nearest zones as they are, or as they will likely be `ahead` minutes from now. The answer says which. */
export function nearbyQuery(point: Point | null, ahead = 0) {
  return queryOptions({
    queryKey: keyOf(KEYS.nearby, point, ahead),
    queryFn: async ({ signal }) => {
      const body = await getNearby(point ?? { lat: 0, lng: 0 }, timeAhead(ahead), signal)
      return { ...body, ahead }
    },
    enabled: point !== null,
    placeholderData: keepPreviousData,
    refetchInterval: refetchEvery(ahead),
    staleTime: MINUTE,
  })
}

export function areaQuery(area: Area | null, ahead = 0) {
  return queryOptions({
    queryKey: keyOf(KEYS.area, area, ahead),
    queryFn: ({ signal }) => getArea(area ?? { west: 0, south: 0, east: 0, north: 0 }, timeAhead(ahead), signal),
    enabled: area !== null,
    placeholderData: keepPreviousData,
    refetchInterval: refetchEvery(ahead),
    staleTime: MINUTE,
  })
}

export function zoneQuery(id: string, ahead = 0) {
  return queryOptions({
    queryKey: keyOf(KEYS.zone, id, ahead),
    queryFn: ({ signal }) => getZone(id, timeAhead(ahead), signal),
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
