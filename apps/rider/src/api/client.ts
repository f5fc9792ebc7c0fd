import {
  paths,
  type AppConfigBody,
  type AreaBody,
  type ForecastBody,
  type NearbyBody,
  type ReportCreatedBody,
  type ReportInput,
  type ReportsBody,
  type ZoneBody,
} from '@kickstand/contract'
import type { Vehicle } from '@kickstand/domain'
import { deviceKey } from './device-key.ts'
import { call } from './http.ts'
import { storage } from './safe-storage.ts'
import type { ZoneFilters } from './zone-filters.ts'

export type Point = { readonly lat: number; readonly lng: number }
/** Degrees WGS84; `west` > `east` crosses the antimeridian. */
export type Area = { readonly west: number; readonly south: number; readonly east: number; readonly north: number }

const NEARBY_RADIUS_METRES = 50_000
export const NEARBY_LIMIT = 24
const AREA_PAGE_SIZE = 200
/** More plates than this cannot be told apart on a screen. */
const MAX_AREA_ZONES = 600

export function getAppConfig(signal?: AbortSignal): Promise<AppConfigBody> {
  return call(paths.appConfig(), { ...(signal && { signal }) })
}

/** The nearest zones, with figures for `at` (RFC 3339, in the future), or for the present if null. */
export function getNearby(
  point: Point,
  at: string | null,
  filters: ZoneFilters,
  signal?: AbortSignal,
  limit = NEARBY_LIMIT,
): Promise<NearbyBody> {
  const query = { lat: point.lat, lng: point.lng, radius: NEARBY_RADIUS_METRES, limit, ...filters, ...timeOf(at) }
  return call(paths.nearby(), { query, ...(signal && { signal }) })
}

/** All zones of an area, page by page, up to about `MAX_AREA_ZONES`. */
export async function getArea(
  area: Area,
  at: string | null,
  filters: ZoneFilters,
  signal?: AbortSignal,
): Promise<ZoneBody[]> {
  const bbox = [area.west, area.south, area.east, area.north].join(',')
  const zones: ZoneBody[] = []
  let cursor: string | null = null
  do {
    const page: AreaBody = await call(paths.zones(), {
      query: { bbox, limit: AREA_PAGE_SIZE, ...filters, ...(cursor ? { cursor } : {}), ...timeOf(at) },
      ...(signal && { signal }),
    })
    zones.push(...page.zones)
    cursor = page.nextCursor
  } while (cursor && zones.length < MAX_AREA_ZONES)
  return zones
}

export function getZone(id: string, at: string | null, vehicle: Vehicle, signal?: AbortSignal): Promise<ZoneBody> {
  return call(paths.zone(id), { query: { vehicle, ...timeOf(at) }, ...(signal && { signal }) })
}

/** A zone's 24-hour forecast and recent observations. */
export function getForecast(id: string, signal?: AbortSignal): Promise<ForecastBody> {
  return call(paths.zoneForecast(id), { ...(signal && { signal }) })
}

function timeOf(at: string | null): { at?: string } {
  return at === null ? {} : { at }
}

export function getZoneReports(id: string, signal?: AbortSignal): Promise<ReportsBody> {
  return call(paths.zoneReports(id), { query: { limit: 10 }, ...(signal && { signal }) })
}

/** Sends a report. Requests with the same key count once. */
export function postReport(input: ReportInput, idempotencyKey: string): Promise<ReportCreatedBody> {
  return call(paths.reports(), {
    method: 'POST',
    body: input,
    headers: { 'idempotency-key': idempotencyKey, authorization: `Bearer ${deviceKey(storage)}` },
  })
}

/** Undoes the rider's own report. */
export function deleteReport(id: string): Promise<void> {
  return call(paths.report(id), { method: 'DELETE', headers: { authorization: `Bearer ${deviceKey(storage)}` } })
}
