import {
  CONTRIBUTION_STATES,
  LAW_FIELDS,
  QUESTION_FIELDS,
  RIDER_FIELDS,
  RIDER_SURFACES,
  ZONE_KINDS,
} from '@kickstand/domain'
import Type, { type Static } from 'typebox'
import { Lat, Lng, oneOf, orNull, Timestamp, ZoneId } from './shared.ts'

export const ContributionId = Type.String({ pattern: '^[0-9a-z]{8,32}$' })

/** Where the rider stands. */
const Position = Type.Optional(
  Type.Object(
    { lat: Lat, lng: Lng, accuracy: Type.Optional(Type.Number({ minimum: 0, maximum: 100_000 })) },
    {
      additionalProperties: false,
      description: 'Only whether it is within reach of the zone is kept, never the point',
    },
  ),
)
const Note = Type.Optional(Type.String({ maxLength: 500, description: 'For moderators; shown to nobody else' }))
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
      'gone: taken away. blocked: for now. Law and price (access, vehicles, permits, fee, hours, stay …) are refused: not-for-riders',
    ),
    value: Type.Optional(Value),
    answer: Type.Optional(
      oneOf(['unsure', 'later'], 'In place of a value: cannot tell, or does not want to be asked now'),
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
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
    capacity: Type.Optional(Type.Integer({ minimum: 1, maximum: 2000 })),
    kind: Type.Optional(oneOf(ZONE_KINDS)),
    covered: Type.Optional(Type.Boolean()),
    lit: Type.Optional(Type.Boolean()),
    surveillance: Type.Optional(Type.Boolean()),
    anchors: Type.Optional(Type.Boolean()),
    surface: Type.Optional(oneOf(RIDER_SURFACES)),
    charging: Type.Optional(Type.Boolean()),
    position: Position,
    note: Note,
  },
  { $id: 'ZoneInput', additionalProperties: false },
)
export type ZoneInput = Static<typeof ZoneInputSchema>

export const ContributionSchema = Type.Object(
  {
    id: ContributionId,
    zoneId: Type.String({ description: 'The zone; for a missing one (field exists) the id that it will have' }),
    field: oneOf(['exists', ...RIDER_FIELDS]),
    value: Type.Unknown({ description: 'As it was said; for field exists what is told of the place' }),
    state: oneOf(
      CONTRIBUTION_STATES,
      'pending: only who says so sees it. shown: enough riders agree. suspended: others say otherwise. accepted, rejected: by a moderator',
    ),
    agree: Type.Integer({
      minimum: 0,
      description:
        'Independent riders who say the same, you among them. Of gone and blocked where a source lists the zone: riders with a record, on different networks',
    }),
    needed: Type.Integer({ description: 'How many must' }),
    mine: orNull(Type.Unknown({ description: 'What you say of this field; null where you said nothing' })),
    createdAt: Timestamp,
    expiresAt: orNull(Timestamp),
    reason: orNull(Type.String({ description: 'What the moderator wrote' })),
  },
  { $id: 'Contribution', additionalProperties: false },
)
export type ContributionBody = Static<typeof ContributionSchema>

export const ContributionCreatedSchema = Type.Object(
  { contribution: orNull(ContributionSchema) },
  {
    $id: 'ContributionCreated',
    additionalProperties: false,
    description: 'contribution is null where nothing came of it: cannot tell, not now, or that a zone is not gone',
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
  { $id: 'Question', additionalProperties: false, description: 'At most one thing to ask a rider who is there' },
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
    state: oneOf(['pending', 'cleared', 'rejected'], 'Until it is cleared only who took it sees it'),
    duplicate: Type.Boolean({ description: 'Shows what an earlier photo of this zone shows; it proves nothing more' }),
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
