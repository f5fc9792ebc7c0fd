import { FEES, VEHICLES } from '@kickstand/domain'
import Type, { type Static } from 'typebox'
import { AttributionSchema, Bbox, LinkSchema, OpenZoneSchema } from './open-data.ts'
import { oneOf, Timestamp, ZoneId } from './shared.ts'

// OGC API – Features, Part 1: Core (OGC 17-069r4).

const Links = Type.Array(LinkSchema)

export const OgcLandingSchema = Type.Object(
  { title: Type.String(), description: Type.String(), links: Links },
  { $id: 'OgcLanding', additionalProperties: false },
)
export type OgcLandingBody = Static<typeof OgcLandingSchema>

export const OgcConformanceSchema = Type.Object(
  { conformsTo: Type.Array(Type.String()) },
  { $id: 'OgcConformance', additionalProperties: false },
)

export const OgcCollectionSchema = Type.Object(
  {
    id: Type.String(),
    title: Type.String(),
    description: Type.String(),
    attribution: Type.String(),
    itemType: Type.Literal('feature'),
    crs: Type.Array(Type.String()),
    extent: Type.Object({
      spatial: Type.Object({ bbox: Type.Array(Type.Array(Type.Number())), crs: Type.String() }),
    }),
    links: Links,
  },
  { $id: 'OgcCollection', additionalProperties: false },
)
export type OgcCollectionBody = Static<typeof OgcCollectionSchema>

export const OgcCollectionsSchema = Type.Object(
  { links: Links, collections: Type.Array(OgcCollectionSchema) },
  { $id: 'OgcCollections', additionalProperties: false },
)

export const MAX_OGC_ITEMS = 1000

export const OgcItemsQuerySchema = Type.Object(
  {
    bbox: Type.Optional(Bbox),
    datetime: Type.Optional(
      Type.String({
        description:
          'RFC 3339 time or interval. It must be valid but has no effect, because zones have no temporal property',
      }),
    ),
    limit: Type.Optional(
      Type.Integer({ minimum: 1, default: 100, description: `Page size; larger values count as ${MAX_OGC_ITEMS}` }),
    ),
    cursor: Type.Optional(Type.String({ maxLength: 64, description: 'Where the page begins, as in the `next` link' })),
    fee: Type.Optional(oneOf(FEES, 'Only zones known to have this fee')),
    covered: Type.Optional(
      Type.Boolean({ description: 'Only zones known to be covered (true) or not covered (false)' }),
    ),
    vehicle: Type.Optional(oneOf(VEHICLES, 'Excludes zones where this vehicle may not park')),
  },
  { additionalProperties: false },
)
export type OgcItemsQuery = Static<typeof OgcItemsQuerySchema>

const { id: _id, lat: _lat, lng: _lng, ...properties } = OpenZoneSchema.properties

const featureFields = {
  type: Type.Literal('Feature'),
  id: ZoneId,
  geometry: Type.Object({
    type: Type.Literal('Point'),
    coordinates: Type.Array(Type.Number(), { minItems: 2, maxItems: 2 }),
  }),
  properties: Type.Object(properties, { additionalProperties: false }),
}

const OgcFeatureInListSchema = Type.Object(featureFields, { $id: 'ZoneFeature', additionalProperties: false })

export const OgcFeatureSchema = Type.Object(
  { ...featureFields, links: Links, attribution: Type.Array(AttributionSchema) },
  { $id: 'ZoneFeatureAlone', additionalProperties: false },
)

export const OgcItemsSchema = Type.Object(
  {
    type: Type.Literal('FeatureCollection'),
    features: Type.Array(OgcFeatureInListSchema),
    links: Links,
    timeStamp: Timestamp,
    numberMatched: Type.Integer({ minimum: 0 }),
    numberReturned: Type.Integer({ minimum: 0 }),
    attribution: Type.Array(AttributionSchema),
  },
  { $id: 'ZoneFeatures', additionalProperties: false },
)
export type OgcItemsBody = Static<typeof OgcItemsSchema>
