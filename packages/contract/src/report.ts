import { LEVELS, PROBLEMS, REPORT_KINDS } from '@kickstand/domain'
import Type, { type Static } from 'typebox'
import { AvailabilitySchema } from './availability.ts'
import { Lat, Lng, oneOf, orNull, Timestamp, ZoneId } from './shared.ts'

const MAX_COUNT = 10_000

export const ReportInputSchema = Type.Object(
  {
    zoneId: ZoneId,
    kind: oneOf(REPORT_KINDS),
    count: Type.Optional(Type.Integer({ minimum: 0, maximum: MAX_COUNT, description: 'Bikes seen (kind count)' })),
    level: Type.Optional(oneOf(LEVELS, 'Free spaces in a word (kind level)')),
    problem: Type.Optional(oneOf(PROBLEMS, 'What is wrong (kind problem)')),
    observedAt: Type.Optional(Timestamp),
    position: Type.Optional(
      Type.Object(
        { lat: Lat, lng: Lng, accuracy: Type.Optional(Type.Number({ minimum: 0, maximum: 100_000 })) },
        { additionalProperties: false, description: 'Only the distance to the zone is kept, never the point' },
      ),
    ),
    late: Type.Optional(
      Type.Boolean({ description: 'True for a report from an outbox: over 30 minutes old it is kept as history' }),
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
    distance: orNull(Type.Number({ minimum: 0, description: 'Metres from the reporter to the zone' })),
    overCapacity: Type.Boolean({ description: 'More bikes were seen than the zone is said to hold' }),
    effect: oneOf(['estimate', 'history', 'none'], 'Whether it moved the estimate, is kept as history, or neither'),
  },
  { $id: 'Report', additionalProperties: false, description: 'Reporters are never named' },
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
