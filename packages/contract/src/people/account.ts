import { ORGANISATION_ROLES, PLATFORM_ROLES } from '@kickstand/domain'
import Type, { type Static } from 'typebox'
import { oneOf, orNull, Timestamp } from '../shared.ts'

export const PersonId = Type.String({
  pattern: '^[0-9a-z]{17}$',
  description: 'Id of an account, organisation or the like',
})
export const PersonName = Type.String({ minLength: 1, maxLength: 100, description: 'Name as others see it' })
/** Longer than any address that is accepted, so that the message about its form is the one that is shown. */
export const EmailInput = Type.String({ minLength: 1, maxLength: 1000, description: 'E-mail address' })
export const PasswordInput = Type.String({
  minLength: 1,
  maxLength: 1024,
  description: 'Password, 8 to 256 characters',
})
export const Reason = Type.String({ minLength: 1, maxLength: 500, description: 'Why; it is stored in the audit log' })
export const PlatformRoleSchema = oneOf(PLATFORM_ROLES, 'Role for the whole installation')
export const OrganisationRoleSchema = oneOf(ORGANISATION_ROLES, 'Role in an organisation')
export const Version = Type.Integer({
  minimum: 1,
  description: 'Rises with every change; the ETag is the same number in quotes',
})

export const MembershipSchema = Type.Object({ organisationId: PersonId, role: OrganisationRoleSchema })

export const PasskeySchema = Type.Object({
  id: PersonId,
  name: Type.String(),
  createdAt: Timestamp,
  usedAt: orNull(Timestamp),
})
export type PasskeyBody = Static<typeof PasskeySchema>

/** The account of the person who has signed in. */
export const OwnAccountSchema = Type.Object(
  {
    id: PersonId,
    email: Type.String(),
    name: Type.String(),
    language: Type.String(),
    roles: Type.Array(PlatformRoleSchema),
    memberships: Type.Array(MembershipSchema),
    passkeys: Type.Array(PasskeySchema),
    hasPassword: Type.Boolean(),
    hasAuthenticator: Type.Boolean({ description: 'Whether an authenticator app is set up' }),
    recoveryCodesLeft: Type.Integer(),
    needsSecondFactor: Type.Boolean({
      description: 'Whether the account has a role. Roles count only on a session with a second factor.',
    }),
    session: Type.Object({
      id: PersonId,
      hasSecondFactor: Type.Boolean({
        description: 'Whether the person has proved a second factor of their own on it',
      }),
      factorOrganisationId: {
        ...orNull(PersonId),
        description:
          'The organisation whose identity provider opened the session and counts as a second factor, only for the role in that organisation; null for none',
      },
      verifiedAt: Timestamp,
    }),
    createdAt: Timestamp,
    version: Version,
  },
  { $id: 'OwnAccount' },
)
export type OwnAccountBody = Static<typeof OwnAccountSchema>

export const OwnAccountChangesSchema = Type.Object(
  { name: Type.Optional(PersonName), language: Type.Optional(oneOf(['en', 'de'])) },
  { additionalProperties: false },
)
export type OwnAccountChanges = Static<typeof OwnAccountChangesSchema>

/** `currentPassword`: required where the account has a password. */
export const NewPasswordSchema = Type.Object(
  { password: PasswordInput, currentPassword: Type.Optional(PasswordInput) },
  { additionalProperties: false },
)
export type NewPassword = Static<typeof NewPasswordSchema>

/** What `navigator.credentials` is called with, and its answer: the JSON forms of WebAuthn Level 3. */
export const PasskeyOptionsSchema = Type.Object({
  challengeId: PersonId,
  options: Type.Record(Type.String(), Type.Unknown()),
})
export type PasskeyOptionsBody = Static<typeof PasskeyOptionsSchema>

export const PasskeyAnswerSchema = Type.Object(
  { challengeId: PersonId, response: Type.Record(Type.String(), Type.Unknown()) },
  { additionalProperties: false },
)
export type PasskeyAnswer = Static<typeof PasskeyAnswerSchema>

/** `passkey`: the answer to the options of a step-up. It shows that the person can sign in without the password. */
export const PasswordRemovalSchema = Type.Object({ passkey: PasskeyAnswerSchema }, { additionalProperties: false })
export type PasswordRemoval = Static<typeof PasswordRemovalSchema>

export const NewPasskeySchema = Type.Object(
  {
    challengeId: PersonId,
    response: Type.Record(Type.String(), Type.Unknown()),
    name: Type.String({ maxLength: 100, description: 'What the person calls it, such as the name of the phone' }),
  },
  { additionalProperties: false },
)
export type NewPasskey = Static<typeof NewPasskeySchema>

/** Shown once, and confirmed with a code and one of the recovery codes before the second factor is on. */
export const AuthenticatorSetupSchema = Type.Object({
  secret: Type.String({ description: 'Base 32, for typing' }),
  uri: Type.String({ description: 'otpauth://, for a QR code' }),
  recoveryCodes: Type.Array(Type.String()),
})
export type AuthenticatorSetupBody = Static<typeof AuthenticatorSetupSchema>

export const AuthenticatorConfirmationSchema = Type.Object(
  { code: Type.String({ maxLength: 20 }), recoveryCode: Type.String({ maxLength: 50 }) },
  { additionalProperties: false },
)
export type AuthenticatorConfirmation = Static<typeof AuthenticatorConfirmationSchema>

export const RecoveryCodesSchema = Type.Object({ recoveryCodes: Type.Array(Type.String()) })
export type RecoveryCodesBody = Static<typeof RecoveryCodesSchema>

export const SessionSchema = Type.Object({
  id: PersonId,
  device: Type.String({ description: 'Browser and system; empty where unknown' }),
  network: Type.String({ description: 'First part of the address; empty for a local network' }),
  createdAt: Timestamp,
  usedAt: Timestamp,
  isCurrent: Type.Boolean(),
})
export const SessionListSchema = Type.Object({ sessions: Type.Array(SessionSchema) })
export type SessionListBody = Static<typeof SessionListSchema>
