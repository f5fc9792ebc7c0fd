import Type, { type Static } from 'typebox'
import { orNull, Timestamp } from '../shared.ts'

export const AuditEntrySchema = Type.Object(
  {
    id: Type.String(),
    at: Timestamp,
    actor: Type.Object({ kind: Type.String(), name: orNull(Type.String({ description: 'null: erased' })) }),
    action: Type.String(),
    object: Type.Object({ kind: Type.String(), id: Type.String() }),
    before: Type.Unknown(),
    after: Type.Unknown(),
    reason: orNull(Type.String()),
    organisationId: orNull(Type.String()),
    requestId: orNull(Type.String()),
  },
  { $id: 'AuditEntry' },
)
export type AuditEntryBody = Static<typeof AuditEntrySchema>

export const AuditListSchema = Type.Object({
  entries: Type.Array(AuditEntrySchema),
  nextCursor: orNull(Type.String()),
})
export type AuditListBody = Static<typeof AuditListSchema>

export const AuditQuerySchema = Type.Object(
  {
    action: Type.Optional(Type.String({ maxLength: 64, description: 'Such as tokens:create' })),
    object: Type.Optional(Type.String({ maxLength: 250, description: 'kind:id' })),
    organisationId: Type.Optional(Type.String({ maxLength: 32 })),
    from: Type.Optional(Timestamp),
    to: Type.Optional(Timestamp),
    cursor: Type.Optional(Type.String({ maxLength: 100 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
  },
  { additionalProperties: false },
)
export type AuditQuery = Static<typeof AuditQuerySchema>
