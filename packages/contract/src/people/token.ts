import { SCOPES } from '@kickstand/domain'
import Type, { type Static } from 'typebox'
import { oneOf, orNull, Timestamp } from '../shared.ts'
import { PersonId } from './account.ts'

export const ScopeSchema = oneOf(SCOPES, 'Action that the token may do')

export const TokenSchema = Type.Object(
  {
    id: PersonId,
    name: Type.String(),
    scopes: Type.Array(ScopeSchema, { description: 'As created' }),
    effectiveScopes: Type.Array(ScopeSchema, { description: 'Those that its creator still has' }),
    feedId: orNull(Type.String()),
    networks: Type.Array(Type.String({ description: 'CIDR' })),
    createdBy: orNull(
      Type.String({ description: 'Name of the account, empty where it was erased; null for the command line' }),
    ),
    createdAt: Timestamp,
    expiresAt: orNull(Timestamp),
    usedAt: orNull(Timestamp),
    state: oneOf(['active', 'expired', 'revoked', 'replaced'], 'A replaced token works until it expires'),
  },
  { $id: 'Token' },
)
export type TokenBody = Static<typeof TokenSchema>
export const TokenListSchema = Type.Object({ tokens: Type.Array(TokenSchema) })
export type TokenListBody = Static<typeof TokenListSchema>

export const TokenInputSchema = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100 }),
    scopes: Type.Array(ScopeSchema, { minItems: 1, uniqueItems: true }),
    networks: Type.Optional(Type.Array(Type.String({ maxLength: 50 }), { maxItems: 20 })),
    expiresAt: Type.Optional(orNull(Timestamp)),
  },
  { additionalProperties: false },
)
export type TokenInput = Static<typeof TokenInputSchema>

/** `token`: shown once. */
export const NewTokenSchema = Type.Object({ id: PersonId, token: Type.String() })
export type NewTokenBody = Static<typeof NewTokenSchema>

/** How long the old token works beside the new one. */
export const OVERLAPS = ['none', '1h', '24h', '7d'] as const
export const TokenRollSchema = Type.Object({ overlap: oneOf(OVERLAPS) }, { additionalProperties: false })
export type TokenRoll = Static<typeof TokenRollSchema>
