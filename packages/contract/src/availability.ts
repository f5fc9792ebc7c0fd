import { AVAILABILITY_SOURCES, LEVELS, STATES } from '@kickstand/domain'
import Type, { type Static } from 'typebox'
import { oneOf, orNull, Timestamp } from './shared.ts'

const LatestSchema = Type.Object(
  {
    kind: oneOf(['count', 'level']),
    count: orNull(Type.Integer({ minimum: 0, description: 'Number of parked bikes; null for kind level' })),
    level: orNull(oneOf(LEVELS, 'How many spaces are free; null for kind count')),
    observedAt: Timestamp,
    source: oneOf(['rider', 'sensor']),
    agrees: Type.Boolean({ description: 'Whether the estimate without this observation has the same state' }),
    expected: orNull(
      Type.Object(
        {
          minutes: Type.Integer({ minimum: 1, description: 'Minutes from now' }),
          state: oneOf(STATES),
          chance: Type.Number({
            minimum: 0,
            maximum: 1,
            description: 'Probability of at least one free space at that time',
          }),
        },
        { additionalProperties: false, description: 'The estimate for a later time; null where nothing is known' },
      ),
    ),
  },
  {
    additionalProperties: false,
    description:
      'The newest trusted count or level while it is recent: from a rider within reach of the zone, a rider with a record, or a sensor. `state` and the numbers then follow it. Null otherwise, and for times more than 5 minutes ahead: `state` and the numbers are then the estimate',
  },
)

export const AvailabilitySchema = Type.Object(
  {
    state: oneOf(STATES, 'How full the zone is. `unknown`: there is no data; show it neither as full nor as free'),
    expectedFree: orNull(Type.Number({ minimum: 0, description: 'Expected number of free spaces' })),
    freeLow: orNull(Type.Integer({ minimum: 0, description: 'Lower end of the 80 % range of free spaces' })),
    freeHigh: orNull(Type.Integer({ minimum: 0, description: 'Upper end of the 80 % range of free spaces' })),
    chance: orNull(Type.Number({ minimum: 0, maximum: 1, description: 'Probability of at least one free space' })),
    observedAt: orNull(
      Type.String({ format: 'date-time', description: 'Time of the newest observation used; RFC 3339, UTC' }),
    ),
    ageSeconds: orNull(Type.Integer({ minimum: 0, description: 'Age of that observation' })),
    source: oneOf(AVAILABILITY_SOURCES, 'What the numbers are based on'),
    reports: Type.Integer({
      minimum: 0,
      description: 'Number of reports of the last day that the numbers are based on',
    }),
    reportsDisagree: Type.Boolean({
      description: 'These reports contradict one another: the numbers are less certain',
    }),
    capacityDoubted: Type.Boolean({
      description:
        'More bikes were counted than the published capacity holds, so the capacity may be wrong. Free spaces never exceed it',
    }),
    latest: orNull(LatestSchema),
  },
  { $id: 'Availability', additionalProperties: false },
)
export type AvailabilityBody = Static<typeof AvailabilitySchema>
