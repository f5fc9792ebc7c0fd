import { queryOptions } from '@tanstack/react-query'
import { getForecast, getZoneReports } from './client.ts'
import { KEYS } from './queries.ts'

const MINUTE_MS = 60_000

/** A zone's 24-hour forecast. */
export function forecastQuery(id: string) {
  return queryOptions({
    queryKey: [KEYS.ahead, 'day', id],
    queryFn: ({ signal }) => getForecast(id, signal),
    refetchInterval: 5 * MINUTE_MS,
    staleTime: MINUTE_MS,
  })
}

export function zoneReportsQuery(id: string) {
  return queryOptions({ queryKey: [KEYS.reports, id], queryFn: ({ signal }) => getZoneReports(id, signal) })
}
