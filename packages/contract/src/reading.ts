import { READING_KINDS } from '@kickstand/domain'
import Type, { type Static } from 'typebox'
import { oneOf, orNull, Timestamp, ZoneId } from './shared.ts'

const MOST_READINGS = 1000

export const ReadingInputSchema = Type.Object(
  {
    ref: Type.Optional(
      Type.String({ minLength: 1, maxLength: 180, description: 'What the feed calls the zone; this or zoneId' }),
    ),
    zoneId: Type.Optional(ZoneId),
    kind: oneOf(
      READING_KINDS,
      'count: bikes there. free: free spaces. level: a word. full, empty: no value. in, out: bikes passed since the last',
    ),
    value: Type.Optional(
      Type.Union([Type.Number(), Type.String({ maxLength: 20 })], {
        description: 'A whole number, or for level one of plenty, some, few, full',
      }),
    ),
    at: Timestamp,
    capacity: Type.Optional(
      Type.Integer({
        minimum: 1,
        description: 'Spaces that the machine counts by, where they are not those of the zone',
      }),
    ),
  },
  { $id: 'ReadingInput', additionalProperties: false },
)
export type ReadingInput = Static<typeof ReadingInputSchema>

export const ReadingsInputSchema = Type.Object(
  { readings: Type.Array(ReadingInputSchema, { minItems: 1, maxItems: MOST_READINGS }) },
  { $id: 'ReadingsInput', additionalProperties: false },
)
export type ReadingsInput = Static<typeof ReadingsInputSchema>

export const ReadingsTakenSchema = Type.Object(
  {
    taken: Type.Integer({ minimum: 0, description: 'Readings that said something new' }),
    repeated: Type.Integer({
      minimum: 0,
      description: 'Readings of a time that their machine has spoken of already, or before it: nothing was done',
    }),
    refused: Type.Integer({ minimum: 0 }),
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

/** One channel of a feed: its zones or its figures. */
export const SideHealthSchema = Type.Object(
  {
    state: oneOf(
      HEALTH_STATES,
      'ok; waiting for its first success; failing: the last attempt failed; stale: nothing new for long; frozen: its ' +
        'figures stand still; implausible: riders contradict it; shrunk: over a fifth of its zones are gone',
    ),
    attemptedAt: Timestamp,
    succeededAt: orNull(Timestamp),
    newestAt: orNull(Type.String({ format: 'date-time', description: 'The newest time that it spoke of' })),
    ageSeconds: orNull(Type.Integer({ minimum: 0, description: 'Of newestAt' })),
    failures: Type.Integer({ minimum: 0, description: 'Attempts that failed in a row' }),
    taken: Type.Integer({ minimum: 0, description: 'Rows of the last attempt that succeeded' }),
    rejected: Type.Integer({ minimum: 0 }),
    impossible: Type.Integer({ minimum: 0, description: 'Rejected rows that say what cannot be' }),
    zones: Type.Integer({ minimum: 0 }),
    frozenSensors: Type.Integer({ minimum: 0 }),
    implausibleSensors: Type.Integer({ minimum: 0 }),
  },
  { additionalProperties: false },
)
export type SideHealthBody = Static<typeof SideHealthSchema>

export const FeedHealthSchema = Type.Object(
  { static: orNull(SideHealthSchema), live: orNull(SideHealthSchema) },
  { $id: 'FeedHealth', additionalProperties: false, description: 'Null for a channel that was never tried' },
)
export type FeedHealthBody = Static<typeof FeedHealthSchema>
