import { reportCalls, zoneCalls } from '@kickstand/client'
import type { NearbyBody, ReportsBody, ZoneBody } from '@kickstand/contract'
import type { Vehicle } from '@kickstand/domain'
import { call, riderKey } from './call.ts'
import type { ZoneFilters } from './zone-filters.ts'

export type Point = { readonly lat: number; readonly lng: number }
/** Degrees WGS84; `west` > `east` crosses the antimeridian. */
export type Area = { readonly west: number; readonly south: number; readonly east: number; readonly north: number }

const NEARBY_RADIUS_METRES = 50_000
export const NEARBY_LIMIT = 24
const AREA_PAGE_SIZE = 200
/** Maximum number of zones on a screen. More plates cannot be distinguished. */
const MAX_AREA_ZONES = 600
const LATEST_REPORTS = 10

const zones = zoneCalls(call)

export const { getAppConfig, getForecast } = zones
export const { postReport, deleteReport } = reportCalls(call, riderKey)

/** The nearest zones. Their figures are for `at` (RFC 3339, in the future), or for the present if it is null. */
export function getNearby(
  point: Point,
  at: string | null,
  filters: ZoneFilters,
  signal?: AbortSignal,
  limit = NEARBY_LIMIT,
): Promise<NearbyBody> {
  const { lat, lng } = point
  return zones.getNearby({ lat, lng, radius: NEARBY_RADIUS_METRES, limit, ...filters, ...timeOf(at) }, signal)
}

/** The zones of an area, fetched page by page. Stops after the page that reaches `MAX_AREA_ZONES`. */
export async function getArea(
  area: Area,
  at: string | null,
  filters: ZoneFilters,
  signal?: AbortSignal,
): Promise<ZoneBody[]> {
  const bbox = [area.west, area.south, area.east, area.north].join(',')
  const found: ZoneBody[] = []
  let cursor: string | null = null
  do {
    const query = { bbox, limit: AREA_PAGE_SIZE, ...filters, ...(cursor ? { cursor } : {}), ...timeOf(at) }
    const page = await zones.getArea(query, signal)
    found.push(...page.zones)
    cursor = page.nextCursor
  } while (cursor && found.length < MAX_AREA_ZONES)
  return found
}

export function getZone(id: string, at: string | null, vehicle: Vehicle, signal?: AbortSignal): Promise<ZoneBody> {
  return zones.getZone(id, { vehicle, ...timeOf(at) }, signal)
}

export function getZoneReports(id: string, signal?: AbortSignal): Promise<ReportsBody> {
  return zones.getZoneReports(id, LATEST_REPORTS, signal)
}

function timeOf(at: string | null): { at?: string } {
  return at === null ? {} : { at }
}
