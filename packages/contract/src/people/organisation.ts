import Type, { type Static } from 'typebox'
import { orNull, Timestamp } from '../shared.ts'
import { EmailInput, OrganisationRoleSchema, PersonId, Reason, Version } from './account.ts'

const OrganisationName = Type.String({ minLength: 1, maxLength: 200 })

export const OrganisationSchema = Type.Object(
  { id: PersonId, name: Type.String(), members: Type.Integer(), createdAt: Timestamp, version: Version },
  { $id: 'Organisation' },
)
export type OrganisationBody = Static<typeof OrganisationSchema>

export const OrganisationListSchema = Type.Object({
  organisations: Type.Array(OrganisationSchema),
  nextCursor: orNull(Type.String()),
})
export type OrganisationListBody = Static<typeof OrganisationListSchema>

export const OrganisationsQuerySchema = Type.Object(
  {
    q: Type.Optional(Type.String({ maxLength: 200, description: 'Part of the name' })),
    cursor: Type.Optional(Type.String({ maxLength: 2000 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 50 })),
  },
  { additionalProperties: false },
)
export type OrganisationsQuery = Static<typeof OrganisationsQuerySchema>

export const OrganisationInputSchema = Type.Object({ name: OrganisationName }, { additionalProperties: false })
export type OrganisationInput = Static<typeof OrganisationInputSchema>

export const MemberSchema = Type.Object({
  accountId: PersonId,
  name: Type.String(),
  email: Type.String(),
  role: OrganisationRoleSchema,
  hasSecondFactor: Type.Boolean(),
  since: Timestamp,
})
export type MemberBody = Static<typeof MemberSchema>
export const MemberListSchema = Type.Object({ members: Type.Array(MemberSchema), nextCursor: orNull(Type.String()) })
export type MemberListBody = Static<typeof MemberListSchema>

export const MembersQuerySchema = Type.Object(
  {
    cursor: Type.Optional(Type.String({ maxLength: 1000 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 100 })),
  },
  { additionalProperties: false },
)
export type MembersQuery = Static<typeof MembersQuerySchema>

export const MemberRoleSchema = Type.Object(
  { role: OrganisationRoleSchema, reason: Type.Optional(Reason) },
  { additionalProperties: false },
)
export type MemberRole = Static<typeof MemberRoleSchema>

export const MemberInvitationInputSchema = Type.Object(
  { email: EmailInput, role: OrganisationRoleSchema },
  { additionalProperties: false },
)
export type MemberInvitationInput = Static<typeof MemberInvitationInputSchema>
