import { READING_KINDS } from '@kickstand/domain'
import Type, { type Static } from 'typebox'
import { oneOf, orNull, Timestamp, ZoneId } from './shared.ts'

const MAX_READINGS = 1000

export const ReadingInputSchema = Type.Object(
  {
    ref: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 180,
        description: 'Id of the zone in the feed. Send either this or zoneId',
      }),
    ),
    zoneId: Type.Optional(ZoneId),
    kind: oneOf(
      READING_KINDS,
      '`count`: number of parked bikes. `free`: number of free spaces. `level`: one of the level words. `full`, `empty`: without a value. `in`, `out`: bikes that entered or left since the last reading',
    ),
    value: Type.Optional(
      Type.Union([Type.Number(), Type.String({ maxLength: 20 })], {
        description: 'A whole number; for kind level one of plenty, some, few, full',
      }),
    ),
    at: Timestamp,
    capacity: Type.Optional(
      Type.Integer({
        minimum: 1,
        description: 'Number of spaces that the sensor covers, where it differs from the capacity of the zone',
      }),
    ),
  },
  { $id: 'ReadingInput', additionalProperties: false },
)
export type ReadingInput = Static<typeof ReadingInputSchema>

export const ReadingsInputSchema = Type.Object(
  { readings: Type.Array(ReadingInputSchema, { minItems: 1, maxItems: MAX_READINGS }) },
  { $id: 'ReadingsInput', additionalProperties: false },
)
export type ReadingsInput = Static<typeof ReadingsInputSchema>

export const ReadingsTakenSchema = Type.Object(
  {
    taken: Type.Integer({ minimum: 0, description: 'Readings that were stored' }),
    repeated: Type.Integer({
      minimum: 0,
      description: 'Readings that are not newer than the last one of their sensor: ignored',
    }),
    rejected: Type.Integer({ minimum: 0, description: 'Invalid readings, each listed in `errors`' }),
    errors: Type.Array(
      Type.Object({
        pointer: Type.String({ description: 'JSON pointer (RFC 6901) into the body' }),
        message: Type.String(),
      }),
    ),
  },
  { $id: 'ReadingsTaken', additionalProperties: false },
)
export type ReadingsTakenBody = Static<typeof ReadingsTakenSchema>

export const HEALTH_STATES = ['ok', 'waiting', 'failing', 'stale', 'frozen', 'implausible', 'shrunk'] as const
export type HealthState = (typeof HEALTH_STATES)[number]

/** Health of one channel of a feed: `static` (zones) or `live` (occupancy). */
export const ChannelHealthSchema = Type.Object(
  {
    state: oneOf(
      HEALTH_STATES,
      '`waiting`: no success yet. `failing`: the last attempt failed. `stale`: no new data for a long time. `frozen`: its ' +
        'values do not change. `implausible`: riders contradict it. `shrunk`: over 20 % of its zones are missing',
    ),
    attemptedAt: Timestamp,
    succeededAt: orNull(Timestamp),
    newestAt: orNull(Type.String({ format: 'date-time', description: 'Time of its newest data; RFC 3339, UTC' })),
    ageSeconds: orNull(Type.Integer({ minimum: 0, description: 'Age of `newestAt`' })),
    failures: Type.Integer({ minimum: 0, description: 'Number of failed attempts since the last success' }),
    taken: Type.Integer({ minimum: 0, description: 'Rows stored by the last successful attempt' }),
    rejected: Type.Integer({ minimum: 0, description: 'Rows that it rejected' }),
    impossible: Type.Integer({ minimum: 0, description: 'Of these, rows with an impossible value' }),
    zones: Type.Integer({ minimum: 0, description: 'Number of its zones' }),
    frozenSensors: Type.Integer({ minimum: 0, description: 'Sensors whose value does not change' }),
    implausibleSensors: Type.Integer({ minimum: 0, description: 'Sensors that riders contradict' }),
  },
  { additionalProperties: false },
)
export type ChannelHealthBody = Static<typeof ChannelHealthSchema>

export const FeedHealthSchema = Type.Object(
  { static: orNull(ChannelHealthSchema), live: orNull(ChannelHealthSchema) },
  {
    $id: 'FeedHealth',
    additionalProperties: false,
    description: 'Health of each channel of a feed; null for a channel that was never fetched',
  },
)
export type FeedHealthBody = Static<typeof FeedHealthSchema>
