import Type, { type Static } from 'typebox'
import { oneOf, orNull, Timestamp, ZoneId } from './shared.ts'
import { ZoneSchema } from './zone.ts'

// Open data holds the facts of zones only: availability changes by the minute and is sent by `GET /v1/live`.

const { availability: _availability, rules: _rules, ...facts } = ZoneSchema.properties

const Licences = Type.Array(Type.String(), {
  description: 'Licences of all sources of this row, for example to separate rows under ODbL-1.0',
})

export const OpenZoneSchema = Type.Object(
  { ...facts, licences: Licences },
  { $id: 'OpenZone', additionalProperties: false, description: 'The facts of a zone' },
)
export type OpenZoneBody = Static<typeof OpenZoneSchema>

/** Field names of an open-data row, in order. */
export const OPEN_ZONE_FIELDS = Object.keys(OpenZoneSchema.properties)

export const AttributionSchema = Type.Object(
  {
    source: Type.String({ description: 'Id of the source, as in `sources` of the rows' }),
    name: Type.String(),
    licence: Type.String({ description: 'SPDX identifier where there is one' }),
    licenceUrl: orNull(Type.String()),
    attribution: Type.String({ description: 'Text to show wherever the data is used' }),
    url: orNull(Type.String()),
  },
  { $id: 'Attribution', additionalProperties: false, description: 'Terms of a source that occurs in this response' },
)
export type AttributionBody = Static<typeof AttributionSchema>

export const Bbox = Type.String({
  description:
    'west,south,east,north in degrees; west > east crosses the antimeridian. Six numbers are accepted, the heights are ignored',
})

export const CsvQuerySchema = Type.Object({ bbox: Type.Optional(Bbox) }, { additionalProperties: false })
export type CsvQuery = Static<typeof CsvQuerySchema>

export const ChangesQuerySchema = Type.Object(
  {
    since: Type.Optional(
      Type.String({
        maxLength: 100,
        description: '`cursor` of the previous response; without it, all zones are returned',
      }),
    ),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, description: 'Default 500' })),
  },
  { additionalProperties: false },
)
export type ChangesQuery = Static<typeof ChangesQuerySchema>

const ChangedZoneSchema = Type.Object(
  { ...OpenZoneSchema.properties, deleted: Type.Literal(false), at: Timestamp },
  { $id: 'ChangedZone', additionalProperties: false, description: 'A zone in its current state' },
)
const GoneZoneSchema = Type.Object(
  { id: ZoneId, deleted: Type.Literal(true), at: Timestamp },
  { $id: 'GoneZone', additionalProperties: false, description: 'A zone that was removed' },
)

export const ChangesBodySchema = Type.Object(
  {
    changes: Type.Array(Type.Union([ChangedZoneSchema, GoneZoneSchema]), {
      description: 'In the order of their last change; each zone once, in its current state',
    }),
    cursor: Type.String({ description: 'Pass it as `since` in the next request; it never expires' }),
    hasMore: Type.Boolean({ description: 'More changes are available now' }),
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
