import { LEVELS, PROBLEMS, REPORT_KINDS } from '@kickstand/domain'
import Type, { type Static } from 'typebox'
import { AvailabilitySchema } from './availability.ts'
import { Lat, Lng, oneOf, orNull, Timestamp, ZoneId } from './shared.ts'

const MAX_COUNT = 10_000

export const ReportInputSchema = Type.Object(
  {
    zoneId: ZoneId,
    kind: oneOf(REPORT_KINDS),
    count: Type.Optional(
      Type.Integer({ minimum: 0, maximum: MAX_COUNT, description: 'Number of bikes seen; for kind count' }),
    ),
    level: Type.Optional(oneOf(LEVELS, 'How many spaces are free; for kind level')),
    problem: Type.Optional(oneOf(PROBLEMS, 'What is wrong with the zone; for kind problem')),
    observedAt: Type.Optional(Timestamp),
    position: Type.Optional(
      Type.Object(
        { lat: Lat, lng: Lng, accuracy: Type.Optional(Type.Number({ minimum: 0, maximum: 100_000 })) },
        {
          additionalProperties: false,
          description:
            'The rider’s position; `accuracy` in metres. The server stores only the distance to the zone, never the position',
        },
      ),
    ),
    late: Type.Optional(
      Type.Boolean({
        description:
          'True for a report that an outbox sends later. A report over 30 minutes old is then stored as history instead of rejected',
      }),
    ),
  },
  { $id: 'ReportInput', additionalProperties: false },
)
export type ReportInput = Static<typeof ReportInputSchema>

export const ReportSchema = Type.Object(
  {
    id: Type.String(),
    zoneId: ZoneId,
    kind: oneOf(REPORT_KINDS),
    count: orNull(Type.Integer({ minimum: 0 })),
    level: orNull(oneOf(LEVELS)),
    problem: orNull(oneOf(PROBLEMS)),
    observedAt: Timestamp,
    receivedAt: Timestamp,
    distance: orNull(Type.Number({ minimum: 0, description: 'Distance from the reporter to the zone, in metres' })),
    overCapacity: Type.Boolean({ description: 'More bikes were seen than the capacity of the zone' }),
    effect: oneOf(
      ['estimate', 'history', 'none'],
      '`estimate`: it changed the estimate. `history`: it is only used to learn the usual week. `none`: neither',
    ),
  },
  { $id: 'Report', additionalProperties: false, description: 'A report, without its reporter' },
)
export type ReportBody = Static<typeof ReportSchema>

export const ReportCreatedSchema = Type.Object(
  { report: ReportSchema, availability: AvailabilitySchema },
  { $id: 'ReportCreated', additionalProperties: false },
)
export type ReportCreatedBody = Static<typeof ReportCreatedSchema>

export const ReportsBodySchema = Type.Object(
  { reports: Type.Array(ReportSchema), nextCursor: orNull(Type.String()) },
  { $id: 'Reports', additionalProperties: false },
)
export type ReportsBody = Static<typeof ReportsBodySchema>
