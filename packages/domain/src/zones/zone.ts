import type { VehicleRules } from '../vehicles/vehicle.ts'
import { mapFields } from './fields/field-lists.ts'
import type { PlainFacts } from './fields/zone-fields.ts'

/**
 * `active`: in its source's newest snapshot. `missing`: absent from it, but still shown. `retired`: removed from the map, but kept in
 * the database under the same id.
 */
export const ZONE_STATUSES = ['active', 'missing', 'retired'] as const
export type ZoneStatus = (typeof ZONE_STATUSES)[number]

/** WGS84 degrees, longitude first as in GeoJSON (RFC 7946). */
export type LngLat = readonly [number, number]

/** The shape of a zone as a GeoJSON geometry: an area, several areas, or a line along the kerb. */
export type Outline =
  | { readonly type: 'Polygon'; readonly coordinates: readonly (readonly LngLat[])[] }
  | { readonly type: 'MultiPolygon'; readonly coordinates: readonly (readonly (readonly LngLat[])[])[] }
  | { readonly type: 'LineString'; readonly coordinates: readonly LngLat[] }

/**
 * The facts of a zone. `null` means unknown, never a default: a source that does not state `covered` leaves it null. Most facts are
 * defined in `ZONE_FIELDS`; those here have rules of their own.
 */
export type ZoneFacts = PlainFacts & {
  /** Degrees WGS84. For an area the point lies inside it. */
  readonly lat: number
  readonly lng: number
  readonly outline: Outline | null
  /** True where the capacity was not counted but derived, for example from the length of the bay. Else null. */
  readonly capacityEstimated: true | null
  readonly vehicles: VehicleRules
}

/** Facts that are all unknown, to spread before known ones. */
export const UNKNOWN_FACTS: Omit<ZoneFacts, 'lat' | 'lng' | 'vehicles'> = {
  ...mapFields(() => null),
  outline: null,
  capacityEstimated: null,
}
