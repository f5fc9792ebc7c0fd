import { FEE_STATES, HOURS_STATES, MAY_PARK, RULE_REASONS } from '@kickstand/domain'
import Type, { type Static } from 'typebox'
import { oneOf, orNull, Timestamp } from './shared.ts'

const Until = orNull(Timestamp)

export const RulesSchema = Type.Object(
  {
    mayPark: oneOf(MAY_PARK, 'yes only where all that is written can be read and allows it'),
    reasons: Type.Array(
      Type.Object(
        {
          code: oneOf(
            RULE_REASONS,
            'vehicle-…: what is known of the vehicle. customers-only, permit-only, private: who may enter. not-at-this-time: nobody may until then. closed: outside opening hours. reserved: kept for motorcycles until then. …-unread, access-unknown: the sign has to be read',
          ),
          until: Until,
        },
        { additionalProperties: false },
      ),
    ),
    fee: Type.Object({ state: oneOf(FEE_STATES), until: Until }, { additionalProperties: false }),
    hours: Type.Object({ state: oneOf(HOURS_STATES), until: Until }, { additionalProperties: false }),
    validUntil: Until,
    timeZone: orNull(Type.String({ description: 'IANA, of the place: where any `until` is told' })),
    maxStay: orNull(
      Type.Integer({ minimum: 0, description: 'Seconds, at the time asked; null where no limit is known' }),
    ),
  },
  {
    additionalProperties: false,
    description:
      'The law of the place for the vehicle and time asked. `until` is the first moment at which it is otherwise, `validUntil` that for any of it; null where none is in sight',
  },
)
export type RulesBody = Static<typeof RulesSchema>
