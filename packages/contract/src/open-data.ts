import Type, { type Static } from 'typebox'
import { oneOf, orNull, Timestamp, ZoneId } from './shared.ts'
import { ZoneSchema } from './zone.ts'

// Open data holds facts only: figures change by the minute and ride on `GET /v1/live`.

const { availability: _figures, rules: _told, ...facts } = ZoneSchema.properties

const Licences = Type.Array(Type.String(), {
  description: 'Licences of all sources of this row: one under ODbL-1.0 can be told apart by it',
})

export const OpenZoneSchema = Type.Object(
  { ...facts, licences: Licences },
  { $id: 'OpenZone', additionalProperties: false, description: 'The facts of a zone' },
)
export type OpenZoneBody = Static<typeof OpenZoneSchema>

/** Names of the facts, in their order. */
export const OPEN_ZONE_FIELDS = Object.keys(OpenZoneSchema.properties)

export const AttributionSchema = Type.Object(
  {
    source: Type.String({ description: 'As in the `sources` of rows' }),
    name: Type.String(),
    licence: Type.String({ description: 'SPDX identifier where there is one' }),
    licenceUrl: orNull(Type.String()),
    attribution: Type.String({ description: 'To be shown wherever the data is' }),
    url: orNull(Type.String()),
  },
  { $id: 'Attribution', additionalProperties: false, description: 'One source that occurs in this payload' },
)
export type AttributionBody = Static<typeof AttributionSchema>

export const Bbox = Type.String({
  description:
    'west,south,east,north in degrees; west > east crosses the antimeridian. Six numbers are read too, heights left out',
})

export const CsvQuerySchema = Type.Object({ bbox: Type.Optional(Bbox) }, { additionalProperties: false })
export type CsvQuery = Static<typeof CsvQuerySchema>

export const ChangesQuerySchema = Type.Object(
  {
    since: Type.Optional(Type.String({ maxLength: 100, description: '`cursor` of the last answer; none gives all' })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, description: 'Default 500' })),
  },
  { additionalProperties: false },
)
export type ChangesQuery = Static<typeof ChangesQuerySchema>

const ChangedZoneSchema = Type.Object(
  { ...OpenZoneSchema.properties, deleted: Type.Literal(false), at: Timestamp },
  { $id: 'ChangedZone', additionalProperties: false, description: 'A zone as it is now' },
)
const GoneZoneSchema = Type.Object(
  { id: ZoneId, deleted: Type.Literal(true), at: Timestamp },
  { $id: 'GoneZone', additionalProperties: false, description: 'A zone that is no longer there' },
)

export const ChangesBodySchema = Type.Object(
  {
    changes: Type.Array(Type.Union([ChangedZoneSchema, GoneZoneSchema]), {
      description: 'In the order of their last change; each zone once, as it is now',
    }),
    cursor: Type.String({ description: 'To be given as `since` next time; good for ever' }),
    hasMore: Type.Boolean({ description: 'There is more right now' }),
    attribution: Type.Array(AttributionSchema),
  },
  { $id: 'ZoneChanges', additionalProperties: false },
)
export type ChangesBody = Static<typeof ChangesBodySchema>
export type ChangeBody = ChangesBody['changes'][number]

export const LinkSchema = Type.Object(
  {
    href: Type.String(),
    rel: oneOf([
      'self',
      'alternate',
      'next',
      'items',
      'collection',
      'data',
      'conformance',
      'service-desc',
      'service-doc',
      'license',
    ]),
    type: Type.Optional(Type.String()),
    title: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
)
export type LinkBody = Static<typeof LinkSchema>
