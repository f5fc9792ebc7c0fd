import type { NearbyBody, ZoneBody } from '@kickstand/contract'
import { areaContains, distance } from '@kickstand/domain'
import type { Area, Point } from '../api/client.ts'
import { matchesFilters, type ZoneFilters } from '../api/zone-filters.ts'
import { withExpiredFigures } from './expire-figures.ts'
import type { SavedZone } from './saved-zones-store.ts'

/** The server's limit for a list. */
const LIST_LIMIT = 24
/** Zones of another town are not an answer. */
const MAX_DISTANCE_METRES = 10_000

/** An answer made from saved zones, and the time of its oldest part (epoch milliseconds, this device's clock). */
export type SavedAnswer<T> = { readonly data: T; readonly at: number }

function oldest(saved: readonly Pick<SavedZone, 'at'>[]): number {
  return Math.min(...saved.map(({ at }) => at))
}

const zoneAt = (now: number) => (saved: SavedZone) => withExpiredFigures(saved.zone, now - saved.at)

/** The nearest saved zones that match the filters; null if none is saved nearby. */
export function nearbyFromSaved(
  saved: readonly SavedZone[],
  point: Point,
  now: number,
  filters: ZoneFilters | undefined,
): SavedAnswer<NearbyBody & { ahead: 0 }> | null {
  const near = saved
    .map((one) => ({ ...one, distance: distance(point.lat, point.lng, one.zone.lat, one.zone.lng) }))
    .filter((one) => one.distance <= MAX_DISTANCE_METRES)
    .toSorted((a, b) => a.distance - b.distance)
    .map((one) => ({ at: one.at, zone: { ...zoneAt(now)(one), distance: one.distance } }))
  if (near.length === 0) return null
  const matching = near
    .filter(({ zone }) => filters === undefined || matchesFilters(zone, filters))
    .slice(0, LIST_LIMIT)
  const at = oldest(matching.length === 0 ? near : matching)
  const zones = matching.map(({ zone }) => zone)
  return { data: { zones, asOf: new Date(at).toISOString(), ahead: 0 }, at }
}

/** The saved zones of an area; null if there are none. */
export function areaFromSaved(saved: readonly SavedZone[], area: Area, now: number): SavedAnswer<ZoneBody[]> | null {
  const inside = saved.filter(({ zone }) => areaContains(area, zone.lat, zone.lng))
  return inside.length === 0 ? null : { data: inside.map(zoneAt(now)), at: oldest(inside) }
}

export function zoneFromSaved(saved: SavedZone | undefined, now: number): SavedAnswer<ZoneBody> | null {
  return saved === undefined ? null : { data: zoneAt(now)(saved), at: saved.at }
}
