import type { Db, DbReader, Tx } from '#db/schema.ts'
import type { PushMessagesTable, PushSubscriptionsTable } from '../tables.ts'

export async function readSubscriptions(db: DbReader, recipient: string): Promise<PushSubscriptionsTable[]> {
  return db.selectFrom('push_subscriptions').selectAll().where('recipient', '=', recipient).orderBy('id').execute()
}

export async function findSubscription(db: DbReader, id: string): Promise<PushSubscriptionsTable | undefined> {
  return db.selectFrom('push_subscriptions').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function findByEndpoint(db: DbReader, hash: string): Promise<PushSubscriptionsTable | undefined> {
  return db.selectFrom('push_subscriptions').selectAll().where('endpoint_hash', '=', hash).executeTakeFirst()
}

export async function insertSubscription(tx: Tx, subscription: PushSubscriptionsTable): Promise<void> {
  await tx.insertInto('push_subscriptions').values(subscription).execute()
}

export async function updateSubscription(
  tx: Tx,
  { id, ...columns }: Pick<PushSubscriptionsTable, 'id' | 'p256dh' | 'auth' | 'language'>,
): Promise<void> {
  await tx.updateTable('push_subscriptions').set(columns).where('id', '=', id).execute()
}

/** Deletes a subscription with its queued messages. */
export async function deleteSubscription(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('push_messages').where('subscription_id', '=', id).execute()
  await tx.deleteFrom('push_subscriptions').where('id', '=', id).execute()
}

export async function insertMessage(tx: Tx, message: PushMessagesTable): Promise<void> {
  await tx.insertInto('push_messages').values(message).execute()
}

/** Messages that are due, each with its subscription, oldest first. */
export async function readDueMessages(db: DbReader, now: number, limit: number): Promise<DueMessage[]> {
  return db
    .selectFrom('push_messages')
    .innerJoin('push_subscriptions', 'push_subscriptions.id', 'push_messages.subscription_id')
    .selectAll('push_messages')
    .select(['recipient', 'endpoint', 'p256dh', 'auth', 'language'])
    .where('next_attempt_at', '<=', now)
    .orderBy('next_attempt_at')
    .orderBy('notification_id')
    .limit(limit)
    .execute()
}

export type DueMessage = PushMessagesTable &
  Pick<PushSubscriptionsTable, 'recipient' | 'endpoint' | 'p256dh' | 'auth' | 'language'>

type MessageKey = Pick<PushMessagesTable, 'notification_id' | 'subscription_id'>

export async function delayMessage(
  db: Db,
  { notification_id, subscription_id }: MessageKey,
  changes: Partial<Pick<PushMessagesTable, 'attempts' | 'next_attempt_at'>>,
): Promise<void> {
  await db
    .updateTable('push_messages')
    .set(changes)
    .where('notification_id', '=', notification_id)
    .where('subscription_id', '=', subscription_id)
    .execute()
}

export async function deleteMessage(db: Db, { notification_id, subscription_id }: MessageKey): Promise<void> {
  await db
    .deleteFrom('push_messages')
    .where('notification_id', '=', notification_id)
    .where('subscription_id', '=', subscription_id)
    .execute()
}

/** Deletes the messages to a person about a notification and all before it. */
export async function deleteMessagesUpTo(tx: Tx, recipient: string, notificationId: string): Promise<void> {
  const ids = (await readSubscriptions(tx, recipient)).map(({ id }) => id)
  if (ids.length === 0) return
  await tx
    .deleteFrom('push_messages')
    .where('subscription_id', 'in', ids)
    .where('notification_id', '<=', notificationId)
    .execute()
}

export async function deleteExpiredMessages(db: Db, now: number): Promise<void> {
  await db.deleteFrom('push_messages').where('expires_at', '<=', now).execute()
}

/** Deletes the subscriptions of people with their queued messages. */
export async function deleteSubscriptions(tx: Tx, recipients: readonly string[]): Promise<void> {
  const all = await tx
    .selectFrom('push_subscriptions')
    .select('id')
    .where('recipient', 'in', [...recipients])
    .execute()
  for (const { id } of all) await deleteSubscription(tx, id)
}
