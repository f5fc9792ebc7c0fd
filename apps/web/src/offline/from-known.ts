import type { NearbyBody, ZoneBody } from '@kickstand/contract'
import { areaContains, distance } from '@kickstand/domain'
import type { Area, Point } from '../api/client.ts'
import { passesFilters, type ZoneFilters } from '../api/zone-filters.ts'
import { faded } from './fade.ts'
import type { KnownZone } from './known-store.ts'

/** As many as the server gives a list. */
const LISTED = 24
/** What is known of another town is no answer here. Metres. */
const MAX_DISTANCE_METRES = 10_000

/** An answer put together from what is known, and the time (epoch ms, this device) of the oldest part of it. */
export type Remembered<T> = { readonly data: T; readonly at: number }

function oldest(known: readonly Pick<KnownZone, 'at'>[]): number {
  return Math.min(...known.map(({ at }) => at))
}

const show = (now: number) => (known: KnownZone) => faded(known.zone, now - known.at)

/** The nearest zones that are known and asked for, or null where none is known near. */
export function nearbyFrom(
  known: readonly KnownZone[],
  point: Point,
  now: number,
  filters: ZoneFilters | undefined,
): Remembered<NearbyBody & { ahead: 0 }> | null {
  const near = known
    .map((one) => ({ ...one, distance: distance(point.lat, point.lng, one.zone.lat, one.zone.lng) }))
    .filter((one) => one.distance <= MAX_DISTANCE_METRES)
    .toSorted((a, b) => a.distance - b.distance)
    .map((one) => ({ at: one.at, zone: { ...show(now)(one), distance: one.distance } }))
  if (near.length === 0) return null
  const asked = near.filter(({ zone }) => filters === undefined || passesFilters(zone, filters)).slice(0, LISTED)
  const at = oldest(asked.length === 0 ? near : asked)
  const zones = asked.map(({ zone }) => zone)
  return { data: { zones, asOf: new Date(at).toISOString(), ahead: 0 }, at }
}

/** The zones of an area that are known, or null where none is. */
export function areaFrom(known: readonly KnownZone[], area: Area, now: number): Remembered<ZoneBody[]> | null {
  const inside = known.filter(({ zone }) => areaContains(area, zone.lat, zone.lng))
  return inside.length === 0 ? null : { data: inside.map(show(now)), at: oldest(inside) }
}

export function zoneFrom(known: KnownZone | undefined, now: number): Remembered<ZoneBody> | null {
  return known === undefined ? null : { data: show(now)(known), at: known.at }
}
