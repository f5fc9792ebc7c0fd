import { NOTIFICATION_CHANNELS, NOTIFICATION_KIND_NAMES } from '@kickstand/domain'
import Type, { type Static } from 'typebox'
import { oneOf, orNull, Timestamp } from '../shared.ts'
import { PersonId } from './account.ts'

const Kind = oneOf(NOTIFICATION_KIND_NAMES, 'What happened')
const Channel = oneOf(NOTIFICATION_CHANNELS)
const Language = Type.String({
  maxLength: 35,
  description: 'Language tag such as de-AT; English where there are no texts in it',
})

export const NotificationSchema = Type.Object(
  {
    id: PersonId,
    kind: Kind,
    title: Type.String(),
    body: Type.String(),
    path: Type.String({ description: 'Page to open, on this server' }),
    createdAt: Timestamp,
    readAt: orNull(Timestamp),
  },
  { $id: 'Notification', additionalProperties: false },
)
export type NotificationBody = Static<typeof NotificationSchema>

export const NotificationListSchema = Type.Object(
  {
    notifications: Type.Array(NotificationSchema),
    unread: Type.Integer({ description: 'How many are unread, on all pages' }),
    nextCursor: orNull(Type.String()),
  },
  { additionalProperties: false },
)
export type NotificationListBody = Static<typeof NotificationListSchema>

export const NotificationsQuerySchema = Type.Object(
  {
    language: Type.Optional(Language),
    cursor: Type.Optional(Type.String({ maxLength: 500 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 50 })),
  },
  { additionalProperties: false },
)
export type NotificationsQuery = Static<typeof NotificationsQuerySchema>

export const NotificationsReadSchema = Type.Object(
  {
    upTo: Type.String({
      pattern: '^[0-9a-z]{17}$',
      description: 'The newest notification that was seen; it and all before it are read',
    }),
  },
  { additionalProperties: false },
)
export type NotificationsRead = Static<typeof NotificationsReadSchema>

export const UnreadSchema = Type.Object({ unread: Type.Integer() }, { additionalProperties: false })
export type UnreadBody = Static<typeof UnreadSchema>

const ChannelChoice = { kind: Kind, channel: Channel, isOn: Type.Boolean() }
const QuietHours = Type.Object(
  {
    from: Type.String({ maxLength: 5, description: 'Local time, hh:mm' }),
    until: Type.String({ maxLength: 5, description: 'Local time, hh:mm; may be on the next day' }),
    timeZone: Type.String({ maxLength: 64, description: 'IANA name' }),
  },
  { additionalProperties: false, description: 'Push messages wait until these hours end' },
)

export const NotificationPreferencesSchema = Type.Object(
  {
    channels: Type.Array(
      Type.Object(
        { ...ChannelChoice, isFixed: Type.Boolean({ description: 'It cannot be turned off' }) },
        { additionalProperties: false },
      ),
    ),
    quietHours: orNull(QuietHours),
  },
  { $id: 'NotificationPreferences', additionalProperties: false },
)
export type NotificationPreferencesBody = Static<typeof NotificationPreferencesSchema>

export const NotificationPreferencesInputSchema = Type.Object(
  {
    channels: Type.Array(Type.Object(ChannelChoice, { additionalProperties: false }), {
      maxItems: 100,
      description: 'What differs from the defaults; a channel that is missing gets its default',
    }),
    quietHours: orNull(QuietHours),
  },
  { additionalProperties: false },
)
export type NotificationPreferencesInput = Static<typeof NotificationPreferencesInputSchema>

export const PushKeySchema = Type.Object(
  {
    publicKey: Type.String({
      description: 'Public VAPID key (RFC 8292), base64url: `applicationServerKey` of `PushManager.subscribe`',
    }),
  },
  { additionalProperties: false },
)
export type PushKeyBody = Static<typeof PushKeySchema>

/** `PushSubscription.toJSON()` of the Push API, and the language of the texts. */
export const PushSubscriptionInputSchema = Type.Object(
  {
    endpoint: Type.String({ minLength: 1, maxLength: 1000, description: 'https address of a push service' }),
    expirationTime: Type.Optional(orNull(Type.Number())),
    keys: Type.Object(
      {
        p256dh: Type.String({ pattern: '^[A-Za-z0-9_-]{87}=?$' }),
        auth: Type.String({ pattern: '^[A-Za-z0-9_-]{22}(==)?$' }),
      },
      { additionalProperties: false },
    ),
    language: Type.Optional(Language),
  },
  { additionalProperties: false },
)
export type PushSubscriptionInput = Static<typeof PushSubscriptionInputSchema>

export const PushSubscriptionSchema = Type.Object(
  { id: PersonId, createdAt: Timestamp },
  { additionalProperties: false },
)
export type PushSubscriptionBody = Static<typeof PushSubscriptionSchema>
