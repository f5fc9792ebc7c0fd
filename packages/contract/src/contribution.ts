import { CONTRIBUTION_STATES, LAW_FIELDS, QUESTION_FIELDS, RIDER_FIELDS } from '@kickstand/domain'
import Type, { type Static } from 'typebox'
import { Lat, Lng, oneOf, orNull, Timestamp, ZoneId } from './shared.ts'
import { factInputSchemas } from './zone-facts.ts'

export const ContributionId = Type.String({ pattern: '^[0-9a-z]{8,32}$' })

/** The rider's own position. */
const Position = Type.Optional(
  Type.Object(
    { lat: Lat, lng: Lng, accuracy: Type.Optional(Type.Number({ minimum: 0, maximum: 100_000 })) },
    {
      additionalProperties: false,
      description:
        'The rider’s position; `accuracy` in metres. The server stores only whether it is within reach of the zone, never the position',
    },
  ),
)
const Note = Type.Optional(Type.String({ maxLength: 500, description: 'A note for moderators; shown to nobody else' }))
const Value = Type.Union([
  Type.Boolean(),
  Type.Number(),
  Type.String({ maxLength: 400 }),
  Type.Object({ lat: Lat, lng: Lng }, { additionalProperties: false }),
])

export const ContributionInputSchema = Type.Object(
  {
    field: oneOf(
      [...RIDER_FIELDS, ...LAW_FIELDS],
      'The field to correct. `gone`: the zone no longer exists. `blocked`: it cannot be used for now. Fields of law and price (access, vehicles, permits, fee, hours, stay …) are rejected with `not-for-riders`',
    ),
    value: Type.Optional(Value),
    answer: Type.Optional(
      oneOf(
        ['unsure', 'later'],
        'Instead of a value, the answer to a question: `unsure` (the rider cannot tell) or `later` (no questions for the next 12 hours)',
      ),
    ),
    position: Position,
    note: Note,
  },
  { $id: 'ContributionInput', additionalProperties: false },
)
export type ContributionInput = Static<typeof ContributionInputSchema>

export const ZoneInputSchema = Type.Object(
  {
    lat: Lat,
    lng: Lng,
    ...factInputSchemas,
    position: Position,
    note: Note,
  },
  { $id: 'ZoneInput', additionalProperties: false },
)
export type ZoneInput = Static<typeof ZoneInputSchema>

export const ContributionSchema = Type.Object(
  {
    id: ContributionId,
    zoneId: Type.String({
      description: 'Id of the zone. For a missing zone (field `exists`), the id that it gets once it is shown',
    }),
    field: oneOf(['exists', ...RIDER_FIELDS]),
    value: Type.Unknown({ description: 'The contributed value; for field `exists`, the fields of the missing zone' }),
    state: oneOf(
      CONTRIBUTION_STATES,
      '`pending`: only its contributors see it. `shown`: enough riders agree, everybody sees it. `suspended`: other riders contradict it. `accepted`, `rejected`: decided by a moderator. `expired`: not confirmed in time',
    ),
    agree: Type.Integer({
      minimum: 0,
      description:
        'Number of independent riders who contributed the same value, including you. For `gone` and `blocked` of a zone that a source lists: riders with a record, on different networks',
    }),
    needed: Type.Integer({ description: 'How many riders must agree before it is shown' }),
    mine: orNull(Type.Unknown({ description: 'The value that you contributed; null where you contributed none' })),
    createdAt: Timestamp,
    expiresAt: orNull(Timestamp),
    reason: orNull(Type.String({ description: 'The moderator’s reason, where one was given' })),
  },
  { $id: 'Contribution', additionalProperties: false },
)
export type ContributionBody = Static<typeof ContributionSchema>

export const ContributionCreatedSchema = Type.Object(
  { contribution: orNull(ContributionSchema) },
  {
    $id: 'ContributionCreated',
    additionalProperties: false,
    description:
      '`contribution` is null where none was created: for the answers `unsure` and `later`, and for the value false of `gone` or `blocked` that disputes nothing',
  },
)
export type ContributionCreatedBody = Static<typeof ContributionCreatedSchema>

export const ContributionsBodySchema = Type.Object(
  { contributions: Type.Array(ContributionSchema) },
  { $id: 'Contributions', additionalProperties: false },
)
export type ContributionsBody = Static<typeof ContributionsBodySchema>

export const QuestionBodySchema = Type.Object(
  { question: orNull(Type.Object({ field: oneOf(QUESTION_FIELDS) }, { additionalProperties: false })) },
  {
    $id: 'Question',
    additionalProperties: false,
    description: 'At most one question for a rider who is at the zone; the field to ask about, or null',
  },
)
export type QuestionBody = Static<typeof QuestionBodySchema>

export const QuestionQuerySchema = Type.Object(
  {
    lat: Type.Optional(Lat),
    lng: Type.Optional(Lng),
    accuracy: Type.Optional(Type.Number({ minimum: 0, maximum: 100_000 })),
  },
  { additionalProperties: false },
)
export type QuestionQuery = Static<typeof QuestionQuerySchema>

export const PhotoSchema = Type.Object(
  {
    id: ContributionId,
    zoneId: ZoneId,
    state: oneOf(
      ['pending', 'cleared', 'rejected'],
      '`pending`: only the rider who sent it sees it. `cleared`: everybody does. `rejected`: the image is deleted',
    ),
    duplicate: Type.Boolean({
      description: 'Looks the same as an earlier photo of this zone, and so does not show that the rider was there',
    }),
    width: Type.Integer({ minimum: 1 }),
    height: Type.Integer({ minimum: 1 }),
    createdAt: Timestamp,
  },
  { $id: 'Photo', additionalProperties: false },
)
export type PhotoBody = Static<typeof PhotoSchema>

export const PhotoCreatedSchema = Type.Object(
  { photo: PhotoSchema },
  { $id: 'PhotoCreated', additionalProperties: false },
)
export type PhotoCreatedBody = Static<typeof PhotoCreatedSchema>

export const PhotosBodySchema = Type.Object(
  { photos: Type.Array(PhotoSchema) },
  { $id: 'Photos', additionalProperties: false },
)
export type PhotosBody = Static<typeof PhotosBodySchema>
