import { AVAILABILITY_SOURCES, STATES } from '@kickstand/domain'
import Type, { type Static } from 'typebox'
import { oneOf, orNull, Timestamp } from './shared.ts'

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
  },
  { $id: 'Availability', additionalProperties: false },
)
export type AvailabilityBody = Static<typeof AvailabilitySchema>
