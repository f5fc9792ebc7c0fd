/**
 * The notifications in the inboxes of people. `recipient`: as `recipientKey` writes it. The text is made from kind and
 * parameters when it is read.
 */
export type NotificationsTable = {
  id: string
  recipient: string
  kind: string
  /** JSON object. */
  params: string
  created_at: number
  read_at: number | null
}

/** The choice of a person for one channel of one kind. */
export type NotificationPreferencesTable = {
  recipient: string
  kind: string
  channel: string
  is_on: number
}

/** The hours in which push messages to a person are held, in minutes since midnight in the time zone. */
export type QuietHoursTable = {
  recipient: string
  from_minute: number
  until_minute: number
  time_zone: string
}

/** A browser that receives push messages. An endpoint belongs to one person, the one who subscribed last. */
export type PushSubscriptionsTable = {
  id: string
  recipient: string
  endpoint_hash: string
  endpoint: string
  /** Public key and secret of the browser (RFC 8291), base64url. */
  p256dh: string
  auth: string
  language: string
  created_at: number
}

/** Push messages that are not delivered yet. */
export type PushMessagesTable = {
  notification_id: string
  subscription_id: string
  kind: string
  params: string
  attempts: number
  next_attempt_at: number
  expires_at: number
}

declare module '#db/schema.ts' {
  interface Schema {
    notifications: NotificationsTable
    notification_preferences: NotificationPreferencesTable
    quiet_hours: QuietHoursTable
    push_subscriptions: PushSubscriptionsTable
    push_messages: PushMessagesTable
  }
}
