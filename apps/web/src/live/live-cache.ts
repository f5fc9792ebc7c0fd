import type { AvailabilityBody, NearbyBody, ZoneBody } from '@kickstand/contract'
import type { QueryClient } from '@tanstack/react-query'
import { KEYS } from '../api/queries.ts'
import { mergeZone, mergeZones } from './merge.ts'

/** A busy street changes often: what must be asked for again is asked for at most so often. */
const FORECASTS_EVERY_MS = 2_000
let asking: ReturnType<typeof setTimeout> | undefined

/**
 * What is foreseen follows from what is seen, but not by itself: a new figure is never written over a forecast, the
 * forecasts in sight are asked for again.
 */
function askForecastsAgain(client: QueryClient): void {
  asking ??= setTimeout(() => {
    asking = undefined
    void client.invalidateQueries({ queryKey: [KEYS.ahead] })
  }, FORECASTS_EVERY_MS)
}

/** Writes new figures into every list and zone that shows the present. */
export function putAvailability(client: QueryClient, news: ReadonlyMap<string, AvailabilityBody>): void {
  client.setQueriesData<NearbyBody>({ queryKey: [KEYS.nearby] }, (body) => {
    if (!body) return body
    const zones = mergeZones(body.zones, news)
    return zones === body.zones ? body : { ...body, zones: [...zones] }
  })
  client.setQueriesData<ZoneBody[]>({ queryKey: [KEYS.area] }, (body) => {
    if (!body) return body
    const zones = mergeZones(body, news)
    return zones === body ? body : [...zones]
  })
  askForecastsAgain(client)
  for (const id of news.keys()) {
    client.setQueriesData<ZoneBody>({ queryKey: [KEYS.zone, id] }, (zone) => zone && mergeZone(zone, news))
    void client.invalidateQueries({ queryKey: [KEYS.reports, id] })
  }
}
