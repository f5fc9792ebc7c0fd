import { AVAILABILITY_SOURCES, LEVELS, REPORT_KINDS, STATES } from '@kickstand/domain'
import Type, { type Static } from 'typebox'
import { oneOf, orNull, Timestamp, ZoneId } from './shared.ts'

const Free = Type.Integer({ minimum: 0 })

export const ForecastPointSchema = Type.Object(
  {
    at: Timestamp,
    state: oneOf(STATES, 'How full the zone is. `unknown`: there is no data; show it neither as full nor as free'),
    expectedFree: orNull(Type.Number({ minimum: 0, description: 'Expected number of free spaces' })),
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
      Type.Integer({
        minimum: 0,
        description: 'Free spaces; null unless bikes were counted and the capacity is known',
      }),
    ),
    level: orNull(oneOf(LEVELS)),
    effect: oneOf(
      ['estimate', 'history'],
      '`estimate`: it changed the estimate. `history`: it was only used to learn the usual week',
    ),
  },
  { additionalProperties: false, description: 'One observation, without the observer' },
)
export type ForecastObservationBody = Static<typeof ForecastObservationSchema>

export const ForecastSchema = Type.Object(
  {
    zoneId: ZoneId,
    timeZone: Type.String({ description: 'IANA time zone of the zone' }),
    asOf: Timestamp,
    capacity: orNull(Type.Integer({ minimum: 1, description: 'Motorcycle spaces' })),
    reportsDisagree: Type.Boolean({
      description: 'Recent reports contradict one another: the numbers are less certain',
    }),
    capacityDoubted: Type.Boolean({
      description: 'More bikes were counted than the capacity holds, so the capacity may be wrong',
    }),
    points: Type.Array(ForecastPointSchema, {
      description: 'Estimates for now, then for every full and half hour of the next 24 hours',
    }),
    observations: Type.Optional(
      Type.Array(ForecastObservationSchema, {
        description: 'Observations of the last 6 hours, oldest first; absent while the database is unavailable',
      }),
    ),
  },
  { $id: 'Forecast', additionalProperties: false },
)
export type ForecastBody = Static<typeof ForecastSchema>
