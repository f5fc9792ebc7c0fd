import { AVAILABILITY_SOURCES, LEVELS, STATES } from '@kickstand/domain'
import Type, { type Static } from 'typebox'
import { oneOf, orNull, Timestamp } from './shared.ts'

const LatestSchema = Type.Object(
  {
    kind: oneOf(['count', 'level']),
    count: orNull(Type.Integer({ minimum: 0, description: 'Bikes that were counted' })),
    level: orNull(oneOf(LEVELS)),
    observedAt: Timestamp,
    source: oneOf(['rider', 'sensor']),
    agrees: Type.Boolean({ description: 'Whether the estimate alone gives the same state' }),
    expected: orNull(
      Type.Object(
        {
          minutes: Type.Integer({ minimum: 1, description: 'Minutes from now' }),
          state: oneOf(STATES),
          chance: Type.Number({ minimum: 0, maximum: 1, description: 'Probability of at least one free space then' }),
        },
        { additionalProperties: false, description: 'The estimate for that time; null where nothing is known' },
      ),
    ),
  },
  {
    additionalProperties: false,
    description:
      'The newest trusted count or level (of a rider at the zone, a rider with a record, or a sensor) while it is recent: state and figures then follow it. Null otherwise, and for times more than 5 minutes ahead: state and figures are then the estimate',
  },
)

export const AvailabilitySchema = Type.Object(
  {
    state: oneOf(STATES, 'unknown is a state of its own: never 0 and never free'),
    expectedFree: orNull(Type.Number({ minimum: 0, description: 'Mean of the free spaces' })),
    freeLow: orNull(Type.Integer({ minimum: 0, description: 'Lower end of the 80 % range of free spaces' })),
    freeHigh: orNull(Type.Integer({ minimum: 0, description: 'Upper end of the 80 % range of free spaces' })),
    chance: orNull(Type.Number({ minimum: 0, maximum: 1, description: 'Probability of at least one free space' })),
    observedAt: orNull(Timestamp),
    ageSeconds: orNull(Type.Integer({ minimum: 0 })),
    source: oneOf(AVAILABILITY_SOURCES),
    reports: Type.Integer({ minimum: 0, description: 'Reports of the last day that the figures rest on' }),
    reportsDisagree: Type.Boolean({ description: 'Those reports contradict one another: trust the figures less' }),
    capacityDoubted: Type.Boolean({
      description: 'More bikes were counted than the published capacity has room for; no more free is told than that',
    }),
    latest: orNull(LatestSchema),
  },
  { $id: 'Availability', additionalProperties: false },
)
export type AvailabilityBody = Static<typeof AvailabilitySchema>
