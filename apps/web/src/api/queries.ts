import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { getAppConfig, getArea, getNearby, getZone, getZoneReports, type Area, type Point } from './client.ts'

/** First words of the query keys, so that what is live can be found in the cache. */
export const KEYS = { nearby: 'nearby', area: 'area', zone: 'zone', reports: 'zone-reports' } as const

const MINUTE = 60_000

export const appConfigQuery = queryOptions({
  queryKey: ['app-config'],
  queryFn: ({ signal }) => getAppConfig(signal),
  staleTime: 10 * MINUTE,
})

export function nearbyQuery(point: Point | null) {
  return queryOptions({
    queryKey: [KEYS.nearby, point],
    queryFn: ({ signal }) => getNearby(point ?? { lat: 0, lng: 0 }, signal),
    enabled: point !== null,
    placeholderData: keepPreviousData,
    staleTime: MINUTE,
  })
}

export function areaQuery(area: Area | null) {
  return queryOptions({
    queryKey: [KEYS.area, area],
    queryFn: ({ signal }) => getArea(area ?? { west: 0, south: 0, east: 0, north: 0 }, signal),
    enabled: area !== null,
    placeholderData: keepPreviousData,
    staleTime: MINUTE,
  })
}

export function zoneQuery(id: string) {
  return queryOptions({ queryKey: [KEYS.zone, id], queryFn: ({ signal }) => getZone(id, signal), staleTime: MINUTE })
}

export function zoneReportsQuery(id: string) {
  return queryOptions({ queryKey: [KEYS.reports, id], queryFn: ({ signal }) => getZoneReports(id, signal) })
}
