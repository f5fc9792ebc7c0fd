import { AVAILABILITY_SOURCES, LEVELS, REPORT_KINDS, STATES } from '@kickstand/domain'
import Type, { type Static } from 'typebox'
import { oneOf, orNull, Timestamp, ZoneId } from './shared.ts'

const Free = Type.Integer({ minimum: 0 })

export const ForecastPointSchema = Type.Object(
  {
    at: Timestamp,
    state: oneOf(STATES, 'unknown is a state of its own: never 0 and never free'),
    expectedFree: orNull(Type.Number({ minimum: 0, description: 'Mean of the free spaces' })),
    freeLow: orNull(Free),
    freeHigh: orNull(Free),
    chance: orNull(Type.Number({ minimum: 0, maximum: 1, description: 'Probability of at least one free space' })),
    source: oneOf(AVAILABILITY_SOURCES),
  },
  { additionalProperties: false },
)
export type ForecastPointBody = Static<typeof ForecastPointSchema>

export const ForecastObservationSchema = Type.Object(
  {
    at: Timestamp,
    kind: oneOf(REPORT_KINDS.filter((kind) => kind !== 'problem')),
    free: orNull(
      Type.Integer({ minimum: 0, description: 'Free spaces, where bikes were counted and the capacity is known' }),
    ),
    level: orNull(oneOf(LEVELS)),
    effect: oneOf(['estimate', 'history'], 'Whether it moved the estimate, or only taught what is usual'),
  },
  { additionalProperties: false, description: 'Who observed it is never told' },
)
export type ForecastObservationBody = Static<typeof ForecastObservationSchema>

export const ForecastSchema = Type.Object(
  {
    zoneId: ZoneId,
    timeZone: Type.String({ description: "The zone's own, as the IANA database names it" }),
    asOf: Timestamp,
    capacity: orNull(Type.Integer({ minimum: 1, description: 'Motorcycle spaces' })),
    reportsDisagree: Type.Boolean({ description: 'What was reported lately contradicts itself' }),
    capacityDoubted: Type.Boolean({ description: 'More bikes were counted than the capacity has room for' }),
    points: Type.Array(ForecastPointSchema, { description: 'Now, then every half hour on the clock, a day ahead' }),
    observations: Type.Optional(
      Type.Array(ForecastObservationSchema, {
        description: 'Of the last 6 hours, oldest first; left out while the database is unavailable',
      }),
    ),
  },
  { $id: 'Forecast', additionalProperties: false },
)
export type ForecastBody = Static<typeof ForecastSchema>
