import { chunks } from '#db/chunks.ts'
import type { Db, Tx } from '#db/schema.ts'
import { deleteNotifications, deleteNotificationsBefore } from './notification-store.ts'
import { deletePreferences } from './preference-store.ts'
import { deleteExpiredMessages, deleteSubscriptions } from './push/push-store.ts'
import { recipientKey, type Person } from './recipient.ts'

const KEEP_MS = 90 * 86_400_000

/** Deletes all data of people in this feature: notifications, settings, subscriptions and queued messages. */
export async function deleteNotificationsOf(tx: Tx, people: readonly Person[]): Promise<void> {
  for (const run of chunks(people.map(recipientKey))) {
    await deleteNotifications(tx, run)
    await deletePreferences(tx, run)
    await deleteSubscriptions(tx, run)
  }
}

/** Deletes notifications after 90 days, and push messages that have expired. */
export async function pruneNotifications(db: Db, now: number): Promise<void> {
  await deleteNotificationsBefore(db, now - KEEP_MS)
  await deleteExpiredMessages(db, now)
}
