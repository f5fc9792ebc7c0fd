import { FEE_STATES, HOURS_STATES, MAY_PARK, RULE_REASONS } from '@kickstand/domain'
import Type, { type Static } from 'typebox'
import { oneOf, orNull, Timestamp } from './shared.ts'

const Until = orNull(Timestamp)

export const RulesSchema = Type.Object(
  {
    mayPark: oneOf(
      MAY_PARK,
      'Whether the vehicle may park. `yes` only where every known rule could be interpreted and allows it',
    ),
    reasons: Type.Array(
      Type.Object(
        {
          code: oneOf(
            RULE_REASONS,
            'Reason for `mayPark`. `vehicle-…`: the rule for this vehicle. `customers-only`, `permit-only`, `private`: who may enter. `not-at-this-time`: nobody may park before `until`. `closed`: outside the opening hours. `reserved`: reserved for motorcycles before `until`. `…-unread`, `access-unknown`: the rule could not be interpreted, read the sign',
          ),
          until: Until,
        },
        { additionalProperties: false },
      ),
    ),
    fee: Type.Object({ state: oneOf(FEE_STATES), until: Until }, { additionalProperties: false }),
    hours: Type.Object({ state: oneOf(HOURS_STATES), until: Until }, { additionalProperties: false }),
    validUntil: Until,
    timeZone: orNull(Type.String({ description: 'IANA time zone of the zone; present where any `until` is' })),
    maxStay: orNull(
      Type.Integer({
        minimum: 0,
        description: 'Longest stay at the requested time, in seconds; null where no limit is known',
      }),
    ),
  },
  {
    additionalProperties: false,
    description:
      'The parking rules for the requested vehicle and time. `until`: when that part next changes; `validUntil`: when any part next changes; null where no change is known',
  },
)
export type RulesBody = Static<typeof RulesSchema>
