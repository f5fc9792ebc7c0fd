import {
  paths,
  type AppConfigBody,
  type AreaBody,
  type AreaQuery,
  type ForecastBody,
  type NearbyBody,
  type NearbyQuery,
  type ReportsBody,
  type ZoneBody,
  type ZoneQuery,
} from '@kickstand/contract'
import type { Call } from './call.ts'

/** Everything that is read without a rider's key. All throw `ApiError`. */
export function zoneCalls(call: Call) {
  return {
    getAppConfig: (signal?: AbortSignal) => call<AppConfigBody>(paths.appConfig(), { signal }),
    /** The nearest zones first. */
    getNearby: (query: NearbyQuery, signal?: AbortSignal) => call<NearbyBody>(paths.nearby(), { query, signal }),
    /** One page of the zones of an area; the next one starts at its `nextCursor`. */
    getArea: (query: AreaQuery, signal?: AbortSignal) => call<AreaBody>(paths.zones(), { query, signal }),
    getZone: (id: string, query: ZoneQuery = {}, signal?: AbortSignal) =>
      call<ZoneBody>(paths.zone(id), { query, signal }),
    /** A zone's 24-hour forecast and recent observations. */
    getForecast: (id: string, signal?: AbortSignal) => call<ForecastBody>(paths.zoneForecast(id), { signal }),
    /** The latest reports on a zone, at most `limit`. */
    getZoneReports: (id: string, limit: number, signal?: AbortSignal) =>
      call<ReportsBody>(paths.zoneReports(id), { query: { limit }, signal }),
  }
}
