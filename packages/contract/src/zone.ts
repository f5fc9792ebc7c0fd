import { MAY_PARK, SOURCE_TRUSTS, VEHICLES, ZONE_STATUSES } from '@kickstand/domain'
import Type, { type Static } from 'typebox'
import { AvailabilitySchema } from './availability.ts'
import { RulesSchema } from './rules.ts'
import { FeedHealthSchema } from './reading.ts'
import { Lat, Lng, oneOf, orNull, Timestamp, ZoneId } from './shared.ts'
import { TariffSchema } from './tariff.ts'
import { factSchemas } from './zone-facts.ts'
import { zoneFilterFields } from './zone-filter.ts'

const Answer = oneOf(MAY_PARK)

export const VehicleRulesSchema = Type.Object(
  {
    moped: Answer,
    scooter: Answer,
    motorcycle: Answer,
    heavy: Answer,
    sidecar: Answer,
    electric: Answer,
  },
  { additionalProperties: false, description: 'Whether each vehicle may park. Never show `unknown` as `yes`' },
)

const Position = Type.Unsafe<[number, number]>({
  type: 'array',
  items: { type: 'number' },
  minItems: 2,
  maxItems: 2,
})
const Line = Type.Array(Position)

export const OutlineSchema = Type.Union(
  [
    Type.Object({ type: Type.Literal('Polygon'), coordinates: Type.Array(Line) }),
    Type.Object({ type: Type.Literal('MultiPolygon'), coordinates: Type.Array(Type.Array(Line)) }),
    Type.Object({ type: Type.Literal('LineString'), coordinates: Line }),
  ],
  { description: 'GeoJSON geometry, longitude first (RFC 7946)' },
)

export const ZoneSourceSchema = Type.Object(
  {
    id: Type.String({ description: 'Id of the source, as listed by GET /v1/sources' }),
    ref: Type.String({ description: 'Id of this zone in the source' }),
    seenAt: Type.Optional(Timestamp),
    asOf: Type.Optional(orNull(Timestamp)),
    name: Type.Optional(Type.String()),
    licence: Type.Optional(Type.String()),
    attribution: Type.Optional(Type.String()),
    url: Type.Optional(orNull(Type.String())),
  },
  {
    additionalProperties: false,
    description:
      'Lists of zones contain `id` and `ref` only. `seenAt`: when the source last changed its data on the zone. `asOf`: the date stated in the newest file of the source; null where it states none',
  },
)

export const FactClaimSchema = Type.Object(
  {
    source: Type.String({ description: 'Id of the source that states the value, as in `sources`' }),
    value: Type.Union([
      Type.String(),
      Type.Number(),
      Type.Boolean(),
      TariffSchema,
      Type.Object(
        { lat: Lat, lng: Lng, outline: Type.Boolean({ description: 'Whether the source has an outline of the zone' }) },
        { additionalProperties: false },
      ),
    ]),
    asOf: Timestamp,
    trust: oneOf(SOURCE_TRUSTS),
    shown: Type.Boolean({ description: 'Whether this is the value of the zone' }),
  },
  { additionalProperties: false },
)
export type FactClaimBody = Static<typeof FactClaimSchema>

export const ProvenanceSchema = Type.Record(Type.String(), Type.Array(FactClaimSchema), {
  description:
    'The values that each source states, by field (`capacity`, `fee`, `place`, `vehicles.moped` …), the shown one first. Fields without a value are absent. The licences of the sources apply',
})

const zoneFields = {
  id: ZoneId,
  lat: Lat,
  lng: Lng,
  outline: orNull(OutlineSchema),
  capacityEstimated: Type.Optional(
    Type.Literal(true, {
      description: 'Present where the capacity was derived, for example from a length, instead of counted',
    }),
  ),
  vehicles: VehicleRulesSchema,
  ...factSchemas,
  status: oneOf(ZONE_STATUSES),
  blockedUntil: Type.Optional(
    Type.String({
      format: 'date-time',
      description: 'Present while the zone cannot be used, according to riders or moderators; RFC 3339, UTC',
    }),
  ),
  simulated: Type.Boolean({ description: 'Simulated demo data: no such place exists' }),
  sources: Type.Array(ZoneSourceSchema),
  availability: AvailabilitySchema,
  rules: Type.Optional(RulesSchema),
}

export const ZoneSchema = Type.Object(
  { ...zoneFields, provenance: Type.Optional(ProvenanceSchema) },
  { $id: 'Zone', additionalProperties: false },
)
export type ZoneBody = Static<typeof ZoneSchema>

export const NearbyZoneSchema = Type.Object(
  {
    ...zoneFields,
    distance: Type.Number({ minimum: 0, description: 'Great-circle distance from the requested point, in metres' }),
  },
  { $id: 'NearbyZone', additionalProperties: false },
)
export type NearbyZoneBody = Static<typeof NearbyZoneSchema>

/** The time that availability and rules are for. */
const RequestedTime = Type.Optional(
  Type.String({
    format: 'date-time',
    description: 'Time of the availability and the rules, RFC 3339; from now (default) to a day ahead',
  }),
)

export const NearbyQuerySchema = Type.Object(
  {
    lat: Lat,
    lng: Lng,
    radius: Type.Optional(
      Type.Number({ exclusiveMinimum: 0, maximum: 50_000, description: 'Search radius in metres; default 2000' }),
    ),
    limit: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 100, description: 'Maximum number of zones; default 20' }),
    ),
    at: RequestedTime,
    ...zoneFilterFields,
  },
  { additionalProperties: false },
)
export type NearbyQuery = Static<typeof NearbyQuerySchema>

export const NearbyBodySchema = Type.Object(
  { zones: Type.Array(NearbyZoneSchema), asOf: Timestamp },
  { $id: 'NearbyZones', additionalProperties: false },
)
export type NearbyBody = Static<typeof NearbyBodySchema>

export const AreaQuerySchema = Type.Object(
  {
    bbox: Type.String({ description: 'west,south,east,north in degrees; west > east crosses the antimeridian' }),
    cursor: Type.Optional(Type.String({ maxLength: 64, description: '`nextCursor` of the previous page' })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, description: 'Page size; default 100' })),
    at: RequestedTime,
    ...zoneFilterFields,
  },
  { additionalProperties: false },
)
export type AreaQuery = Static<typeof AreaQuerySchema>

export const AreaBodySchema = Type.Object(
  { zones: Type.Array(ZoneSchema), nextCursor: orNull(Type.String()) },
  { $id: 'Zones', additionalProperties: false },
)
export type AreaBody = Static<typeof AreaBodySchema>

export const ZoneQuerySchema = Type.Object(
  {
    at: RequestedTime,
    vehicle: Type.Optional(oneOf(VEHICLES, 'Vehicle that `rules` are for; default a motorcycle')),
    permits: zoneFilterFields.permits,
  },
  { additionalProperties: false },
)
export type ZoneQuery = Static<typeof ZoneQuerySchema>

export const SourceSchema = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    licence: Type.String(),
    licenceUrl: orNull(Type.String()),
    attribution: Type.String(),
    url: orNull(Type.String()),
    simulated: Type.Boolean(),
    zones: Type.Integer({ minimum: 0 }),
    importedAt: orNull(Timestamp),
    health: Type.Optional(FeedHealthSchema),
  },
  { $id: 'Source', additionalProperties: false },
)
export type SourceBody = Static<typeof SourceSchema>

export const SourcesBodySchema = Type.Object(
  { sources: Type.Array(SourceSchema) },
  { $id: 'Sources', additionalProperties: false },
)
export type SourcesBody = Static<typeof SourcesBodySchema>
