import type { VehicleRules } from '../vehicles/vehicle.ts'

/** What a zone is: a street bay, an open lot, a rack with anchors, a shed or box, or the motorcycle part of a garage. */
export const ZONE_KINDS = ['bay', 'lot', 'rack', 'shed', 'garage'] as const
export type ZoneKind = (typeof ZONE_KINDS)[number]

/** Who may enter. `customers` and `permit` need something more than a motorcycle. */
export const ACCESS = ['public', 'customers', 'permit', 'private'] as const
export type Access = (typeof ACCESS)[number]

export const FEES = ['free', 'paid'] as const
export type Fee = (typeof FEES)[number]

/**
 * `active`: in its source's newest snapshot. `missing`: absent from it, kept and shown. `retired`: absent and taken off
 * the map, kept in the database under the same id.
 */
export const ZONE_STATUSES = ['active', 'missing', 'retired'] as const
export type ZoneStatus = (typeof ZONE_STATUSES)[number]

/** WGS84 degrees, longitude first as in GeoJSON (RFC 7946). */
export type LngLat = readonly [number, number]

/** The ground shape of a zone as a GeoJSON geometry: an area, several, or a stretch of kerb. */
export type Outline =
  | { readonly type: 'Polygon'; readonly coordinates: readonly (readonly LngLat[])[] }
  | { readonly type: 'MultiPolygon'; readonly coordinates: readonly (readonly (readonly LngLat[])[])[] }
  | { readonly type: 'LineString'; readonly coordinates: readonly LngLat[] }

/**
 * What is known of a zone, field by field. `null` is "nobody has said", never a default: a source that does not tag
 * `covered` leaves it null.
 */
export type ZoneFacts = {
  readonly name: string | null
  /** Degrees WGS84. For an area the point lies inside it. */
  readonly lat: number
  readonly lng: number
  readonly outline: Outline | null
  /** Motorcycle spaces, a positive whole number. */
  readonly capacity: number | null
  /** True where nobody counted: the capacity was worked out from the length of the bay, say. Else null. */
  readonly capacityEstimated: true | null
  readonly kind: ZoneKind | null
  readonly vehicles: VehicleRules
  readonly access: Access | null
  /** When access is another, in OSM's conditional syntax (`no @ (Mo-Fr 15:30-19:00)`). Law, and so the operator's to say. */
  readonly accessConditional: string | null
  readonly fee: Fee | null
  /** When the fee is another, in OSM's conditional syntax (`no @ (Sa-Su)`). Belongs to `fee`: both come from one source. */
  readonly feeConditional: string | null
  /** What the fee is, in the source's words. */
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
  /** When the longest stay is another, in OSM's conditional syntax (`30 min @ (Mo-Fr 09:00-18:00)`). */
  readonly maxStayConditional: string | null
  readonly charging: boolean | null
}

/** The facts that nobody has stated, to spread under those that somebody has. */
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
