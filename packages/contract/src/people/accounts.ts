import Type, { type Static } from 'typebox'
import { oneOf, orNull, Timestamp } from '../shared.ts'
import { EmailInput, MembershipSchema, PersonId, PlatformRoleSchema, Reason, Version } from './account.ts'

/** An account as staff see it. */
export const AccountSchema = Type.Object(
  {
    id: PersonId,
    email: Type.String(),
    name: Type.String(),
    roles: Type.Array(PlatformRoleSchema),
    memberships: Type.Array(MembershipSchema),
    hasSecondFactor: Type.Boolean({ description: 'Whether a passkey or an authenticator app is set up' }),
    suspension: orNull(Type.Object({ since: Timestamp, until: orNull(Timestamp), reason: Type.String() })),
    lastUsedAt: orNull(Timestamp),
    createdAt: Timestamp,
    version: Version,
  },
  { $id: 'Account' },
)
export type AccountBody = Static<typeof AccountSchema>

export const AccountListSchema = Type.Object({
  accounts: Type.Array(AccountSchema),
  nextCursor: orNull(Type.String()),
})
export type AccountListBody = Static<typeof AccountListSchema>

export const AccountsQuerySchema = Type.Object(
  {
    q: Type.Optional(Type.String({ maxLength: 200, description: 'Part of the name or e-mail address' })),
    role: Type.Optional(PlatformRoleSchema),
    state: Type.Optional(oneOf(['active', 'suspended'])),
    cursor: Type.Optional(Type.String({ maxLength: 500 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 50 })),
  },
  { additionalProperties: false },
)
export type AccountsQuery = Static<typeof AccountsQuerySchema>

export const RolesChangeSchema = Type.Object(
  { roles: Type.Array(PlatformRoleSchema, { uniqueItems: true }), reason: Reason },
  { additionalProperties: false },
)
export type RolesChange = Static<typeof RolesChangeSchema>

export const SuspensionSchema = Type.Object(
  { reason: Reason, until: Type.Optional(orNull(Timestamp)) },
  { additionalProperties: false },
)
export type Suspension = Static<typeof SuspensionSchema>

export const ReasonSchema = Type.Object({ reason: Reason }, { additionalProperties: false })
export type ReasonInput = Static<typeof ReasonSchema>

/** A link is shown once; it works once, for seven days (recovery: one day). */
export const NewLinkSchema = Type.Object({
  link: Type.String({ description: 'Address to open in a browser' }),
  expiresAt: Timestamp,
})
export type NewLinkBody = Static<typeof NewLinkSchema>

export const InvitationSchema = Type.Object(
  {
    id: PersonId,
    email: Type.String(),
    role: orNull(Type.String()),
    state: oneOf(['waiting', 'accepted', 'expired', 'revoked']),
    createdAt: Timestamp,
    expiresAt: Timestamp,
  },
  { $id: 'Invitation' },
)
export type InvitationBody = Static<typeof InvitationSchema>

export const InvitationListSchema = Type.Object({ invitations: Type.Array(InvitationSchema) })
export type InvitationListBody = Static<typeof InvitationListSchema>

export const PlatformInvitationInputSchema = Type.Object(
  { email: EmailInput, role: PlatformRoleSchema },
  { additionalProperties: false },
)
export type PlatformInvitationInput = Static<typeof PlatformInvitationInputSchema>

export const NewInvitationSchema = Type.Object({ invitation: InvitationSchema, link: Type.String() })
export type NewInvitationBody = Static<typeof NewInvitationSchema>
