import Type, { type Static } from 'typebox'
import { oneOf, orNull, Timestamp } from '../shared.ts'
import { EmailInput, OwnAccountSchema, PasskeyAnswerSchema, PasswordInput, PersonName } from './account.ts'

/** `code`: of the authenticator app; `recoveryCode`: one of the codes that replace it. At most one of them. */
export const PasswordSignInSchema = Type.Object(
  {
    email: EmailInput,
    password: PasswordInput,
    code: Type.Optional(Type.String({ maxLength: 20 })),
    recoveryCode: Type.Optional(Type.String({ maxLength: 50 })),
  },
  { additionalProperties: false },
)
export type PasswordSignIn = Static<typeof PasswordSignInSchema>

export const SignedInSchema = Type.Object({ account: OwnAccountSchema })
export type SignedInBody = Static<typeof SignedInSchema>

/** A proof of identity on the session: a password (with a code, where an authenticator app is set up) or a passkey. */
export const StepUpSchema = Type.Object(
  {
    password: Type.Optional(PasswordInput),
    code: Type.Optional(Type.String({ maxLength: 20 })),
    passkey: Type.Optional(PasskeyAnswerSchema),
  },
  { additionalProperties: false },
)
export type StepUp = Static<typeof StepUpSchema>

const LinkSecret = Type.String({ minLength: 20, maxLength: 100, description: 'The part of the link after #' })

export const LinkInputSchema = Type.Object({ secret: LinkSecret }, { additionalProperties: false })
export type LinkInput = Static<typeof LinkInputSchema>

export const LINK_PURPOSES = ['setup', 'invitation', 'recovery'] as const

/** What a link is for. */
export const OneTimeLinkSchema = Type.Object({
  purpose: oneOf(LINK_PURPOSES),
  email: orNull(Type.String()),
  organisation: orNull(Type.Object({ id: Type.String(), name: Type.String() })),
  role: orNull(Type.String()),
  expiresAt: Timestamp,
  accountExists: Type.Boolean({
    description: 'Whether there is an account with this e-mail address: it signs in to accept',
  }),
})
export type OneTimeLinkBody = Static<typeof OneTimeLinkSchema>

/** `name` and `email` as far as the link does not state them; a password or a passkey. */
export const LinkPasskeyOptionsSchema = Type.Object(
  { secret: LinkSecret, name: Type.Optional(PersonName), email: Type.Optional(EmailInput) },
  { additionalProperties: false },
)
export type LinkPasskeyOptions = Static<typeof LinkPasskeyOptionsSchema>

export const LinkAcceptanceSchema = Type.Object(
  {
    secret: LinkSecret,
    name: Type.Optional(PersonName),
    email: Type.Optional(EmailInput),
    password: Type.Optional(PasswordInput),
    passkey: Type.Optional(PasskeyAnswerSchema),
  },
  { additionalProperties: false },
)
export type LinkAcceptance = Static<typeof LinkAcceptanceSchema>
