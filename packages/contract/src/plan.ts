import { MAX_STOPS, PLAN_AIMS, PLAN_REASONS } from '@kickstand/domain'
import Type, { type Static } from 'typebox'
import { Lat, Lng, oneOf, orNull, Timestamp } from './shared.ts'
import { zoneFilterFields } from './zone-filter.ts'
import { NearbyZoneSchema } from './zone.ts'

export const PlanQuerySchema = Type.Object(
  {
    lat: Lat,
    lng: Lng,
    toLat: Type.Optional(
      Type.Number({
        minimum: -90,
        maximum: 90,
        description: 'Latitude of the destination, degrees WGS84; requires toLng. Default: the rider’s position',
      }),
    ),
    toLng: Type.Optional(
      Type.Number({
        minimum: -180,
        maximum: 180,
        description: 'Longitude of the destination, degrees WGS84; requires toLat',
      }),
    ),
    radius: Type.Optional(
      Type.Number({
        exclusiveMinimum: 0,
        maximum: 5_000,
        description: 'Maximum distance of zones from the destination, in metres; default 2000',
      }),
    ),
    limit: Type.Optional(
      Type.Integer({ minimum: 1, maximum: MAX_STOPS, description: 'Maximum number of stops; default 3' }),
    ),
    at: Type.Optional(
      Type.String({
        format: 'date-time',
        description: 'When the rider sets off, RFC 3339, up to a day ahead; default now',
      }),
    ),
    until: Type.Optional(
      oneOf(
        PLAN_AIMS,
        'Which expected time to minimise. `there` (default): until the rider has parked and walked to the destination. `parked`: until the rider has parked, however long the walk within the radius',
      ),
    ),
    full: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 2_000,
        description:
          'Comma-separated ids of zones that the rider has just seen full, in that order. They are not offered again, and zones near them count as more likely full. Unknown ids are ignored',
      }),
    ),
    ...zoneFilterFields,
  },
  { additionalProperties: false },
)
export type PlanQuery = Static<typeof PlanQuerySchema>

const Seconds = (description: string) => Type.Integer({ minimum: 0, description })
const Chance = (description: string) => Type.Number({ minimum: 0, maximum: 1, description })

export const PlanReasonSchema = Type.Object(
  {
    code: oneOf(
      PLAN_REASONS,
      'Why this zone is a stop. `chance`: the probability of a space on arrival, with the walk in `seconds`. `chance-unknown`: there is no data, the probability is a cautious guess. `nearest`: the zone nearest to the destination, `metres` away. `nearer-are-likely-full`: nearer zones are likely full; the best of them has this `chance` and would save `seconds` of walking. `close-by`: only `metres` farther by road. `full-nearby`: its `chance` before it was lowered because earlier stops, or zones of ?full, were full',
    ),
    chance: orNull(Chance('Probability, where the code has one')),
    metres: orNull(Type.Integer({ minimum: 0 })),
    seconds: orNull(Type.Integer({ minimum: 0 })),
  },
  { additionalProperties: false },
)

export const PlanStopSchema = Type.Object(
  {
    zone: NearbyZoneSchema,
    rideSeconds: Seconds('Ride from the previous stop, or from the rider’s position'),
    rideMetres: Type.Integer({
      minimum: 0,
      description: 'Length of that ride: the straight line times 1.3, because the service has no street data',
    }),
    walkSeconds: Seconds('Walk from the zone to the destination: the straight line times 1.2'),
    arriveAt: Timestamp,
    chance: Chance('Probability of a space on arrival, given that all earlier stops were full'),
    chanceKnown: Type.Boolean({ description: 'False where there is no data: `chance` is then a cautious guess' }),
    reachedWith: Chance('Probability that the rider needs this stop, because all earlier ones are full'),
    chanceSoFar: Chance('Probability of a space at this or an earlier stop'),
    expectedSeconds: Seconds(
      'Expected time from setting off to the destination (with until=parked: until parked), given that all earlier stops were full',
    ),
    reasons: Type.Array(PlanReasonSchema),
    reason: Type.String({ description: 'The reasons as a sentence in English' }),
  },
  { additionalProperties: false },
)
export type PlanStopBody = Static<typeof PlanStopSchema>

export const PlanBodySchema = Type.Object(
  {
    asOf: Timestamp,
    at: Type.String({ format: 'date-time', description: 'When the rider sets off' }),
    stops: Type.Array(PlanStopSchema, {
      description: 'Zones in the order to try them; empty where no zone is worth the ride',
    }),
    expectedSeconds: Seconds(
      'Expected time from setting off to the destination (with until=parked: until parked). It includes the search without a plan where all stops are full',
    ),
    chance: Chance('Probability of a space at one of the stops'),
    text: Type.String({ description: 'The plan as a sentence in English' }),
  },
  {
    $id: 'Plan',
    additionalProperties: false,
    description:
      'The zones to try, in the order with the least expected time to the destination. Times are derived from straight lines, because the service has no street data.',
  },
)
export type PlanBody = Static<typeof PlanBodySchema>
