import type { AvailabilityBody, NearbyBody, ZoneBody } from '@kickstand/contract'
import type { QueryClient } from '@tanstack/react-query'
import { KEYS } from '../api/queries.ts'
import { mergeZone, mergeZones } from './merge.ts'

/** Limits how often forecasts are refetched on a busy street. */
const FORECAST_REFETCH_MS = 2_000
let refetchTimer: ReturnType<typeof setTimeout> | undefined

/**
 * Refetches the visible forecasts after a live figure has changed. Live figures are never written into forecasts.
 */
function refetchForecasts(client: QueryClient): void {
  refetchTimer ??= setTimeout(() => {
    refetchTimer = undefined
    void client.invalidateQueries({ queryKey: [KEYS.ahead] })
  }, FORECAST_REFETCH_MS)
}

/** Writes live figures into all cached lists and zones that show the present. */
export function putAvailability(client: QueryClient, changes: ReadonlyMap<string, AvailabilityBody>): void {
  client.setQueriesData<NearbyBody>({ queryKey: [KEYS.nearby] }, (body) => {
    if (!body) return body
    const zones = mergeZones(body.zones, changes)
    return zones === body.zones ? body : { ...body, zones: [...zones] }
  })
  client.setQueriesData<ZoneBody[]>({ queryKey: [KEYS.area] }, (body) => {
    if (!body) return body
    const zones = mergeZones(body, changes)
    return zones === body ? body : [...zones]
  })
  refetchForecasts(client)
  for (const id of changes.keys()) {
    client.setQueriesData<ZoneBody>({ queryKey: [KEYS.zone, id] }, (zone) => zone && mergeZone(zone, changes))
    void client.invalidateQueries({ queryKey: [KEYS.reports, id] })
  }
}
