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
        description: 'Destination; where the rider is unless told. With toLng',
      }),
    ),
    toLng: Type.Optional(Type.Number({ minimum: -180, maximum: 180, description: 'With toLat' })),
    radius: Type.Optional(
      Type.Number({
        exclusiveMinimum: 0,
        maximum: 5_000,
        description: 'Metres from the destination within which zones are looked at, default 2000',
      }),
    ),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_STOPS, description: 'Most stops, default 3' })),
    at: Type.Optional(
      Type.String({ format: 'date-time', description: 'When the rider sets off, up to a day ahead; now unless told' }),
    ),
    until: Type.Optional(
      oneOf(
        PLAN_AIMS,
        'What takes the least time: there, until parked and walked to the destination (unless told); parked, until parked, however far the walk within the radius',
      ),
    ),
    full: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 2_000,
        description:
          'Ids of zones that the rider has just seen full, comma-separated, the last seen last: not offered again, and their neighbours are likelier full. Ids that are not known are ignored',
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
      'chance: that of a space on arrival, and the walk in seconds. chance-unknown: nobody has said, the chance is a cautious guess. nearest: none is nearer to the destination, which is so many metres away. nearer-are-likely-full: the likeliest of the nearer ones has this chance and would save so many seconds on foot. close-by: only so many metres on by road. full-nearby: alone its chance was this; that the stops before, or zones of ?full, were full makes it less',
    ),
    chance: orNull(Chance('Where the code has one')),
    metres: orNull(Type.Integer({ minimum: 0 })),
    seconds: orNull(Type.Integer({ minimum: 0 })),
  },
  { additionalProperties: false },
)

export const PlanStopSchema = Type.Object(
  {
    zone: NearbyZoneSchema,
    rideSeconds: Seconds('Riding from the place before: where the rider is, or the stop before'),
    rideMetres: Type.Integer({
      minimum: 0,
      description: 'Metres of that by road: the straight line times 1.3, since no streets are known here',
    }),
    walkSeconds: Seconds('Walking from the zone to the destination: the straight line times 1.2'),
    arriveAt: Timestamp,
    chance: Chance('Probability of a space on arrival, given that all stops before were full'),
    chanceKnown: Type.Boolean({ description: 'False where nobody has said anything: the chance is a cautious guess' }),
    reachedWith: Chance('Probability that the rider has to come here at all'),
    chanceSoFar: Chance('Probability of a space here or at a stop before'),
    expectedSeconds: Seconds(
      'Expected from setting off until at the destination (until parked with until=parked), given that all stops before were full',
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
      description: 'In the order to try them; empty where no zone is worth the ride',
    }),
    expectedSeconds: Seconds(
      'Expected from setting off until parked and walked to the destination (until parked with until=parked), searching on without help included where all stops are full',
    ),
    chance: Chance('Probability of a space at one of the stops'),
    text: Type.String({ description: 'The plan as a sentence in English' }),
  },
  {
    $id: 'Plan',
    additionalProperties: false,
    description:
      'What to try first, then, so that the expected time until parked and walked to the destination is least. Times are made from straight lines: no streets are known here.',
  },
)
export type PlanBody = Static<typeof PlanBodySchema>
