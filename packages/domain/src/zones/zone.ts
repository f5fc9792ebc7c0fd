import type { VehicleRules } from '../vehicles/vehicle.ts'

/** What a zone is: a street bay, an open lot, a rack with anchors, a shed or box, or the motorcycle part of a garage. */
export const ZONE_KINDS = ['bay', 'lot', 'rack', 'shed', 'garage'] as const
export type ZoneKind = (typeof ZONE_KINDS)[number]

/** Who may enter. `customers` and `permit` require more than a motorcycle. */
export const ACCESS = ['public', 'customers', 'permit', 'private'] as const
export type Access = (typeof ACCESS)[number]

export const FEES = ['free', 'paid'] as const
export type Fee = (typeof FEES)[number]

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
 * The facts of a zone. `null` means unknown, never a default: a source that does not state `covered` leaves it null.
 */
export type ZoneFacts = {
  readonly name: string | null
  /** Degrees WGS84. For an area the point lies inside it. */
  readonly lat: number
  readonly lng: number
  readonly outline: Outline | null
  /** Motorcycle spaces, a positive whole number. */
  readonly capacity: number | null
  /** True where the capacity was not counted but derived, for example from the length of the bay. Else null. */
  readonly capacityEstimated: true | null
  readonly kind: ZoneKind | null
  readonly vehicles: VehicleRules
  readonly access: Access | null
  /** Exceptions of the access in OSM's conditional syntax (`no @ (Mo-Fr 15:30-19:00)`). A law, so set by the operator only. */
  readonly accessConditional: string | null
  readonly fee: Fee | null
  /** Exceptions of the fee in OSM's conditional syntax (`no @ (Sa-Su)`). Always from the same source as `fee`. */
  readonly feeConditional: string | null
  /** Description of the fee by the source. */
  readonly feeNote: string | null
  readonly covered: boolean | null
  readonly lit: boolean | null
  readonly surveillance: boolean | null
  /** Anchors or rails to lock to. */
  readonly anchors: boolean | null
  /** OSM surface vocabulary (asphalt, sett, gravel …). */
  readonly surface: string | null
  readonly operator: string | null
  /** OSM opening_hours syntax. */
  readonly openingHours: string | null
  /** Hours or conditions as written on the sign, where they are not in OSM syntax. */
  readonly signText: string | null
  /** Longest permitted stay in seconds. */
  readonly maxStay: number | null
  /** Exceptions of the maximum stay in OSM's conditional syntax (`30 min @ (Mo-Fr 09:00-18:00)`). */
  readonly maxStayConditional: string | null
  readonly charging: boolean | null
}

/** Facts that are all unknown, to spread before known ones. */
export const UNKNOWN_FACTS: Omit<ZoneFacts, 'lat' | 'lng' | 'vehicles'> = {
  name: null,
  outline: null,
  capacity: null,
  capacityEstimated: null,
  kind: null,
  access: null,
  accessConditional: null,
  fee: null,
  feeConditional: null,
  feeNote: null,
  covered: null,
  lit: null,
  surveillance: null,
  anchors: null,
  surface: null,
  operator: null,
  openingHours: null,
  signText: null,
  maxStay: null,
  maxStayConditional: null,
  charging: null,
}
