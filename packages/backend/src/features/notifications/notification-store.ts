import type { Db, DbReader, Tx } from '#db/schema.ts'
import type { NotificationsTable } from './tables.ts'

export async function insertNotification(tx: Tx, notification: NotificationsTable): Promise<void> {
  await tx.insertInto('notifications').values(notification).execute()
}

/** Deletes all but the newest `kept` notifications of a person. */
export async function trimNotifications(tx: Tx, recipient: string, kept: number): Promise<void> {
  const surplus = await tx
    .selectFrom('notifications')
    .select('id')
    .where('recipient', '=', recipient)
    .orderBy('id', 'desc')
    .limit(kept)
    .offset(kept)
    .execute()
  if (surplus.length === 0) return
  const ids = surplus.map(({ id }) => id)
  await tx.deleteFrom('notifications').where('id', 'in', ids).execute()
}

/** The newest notifications of a person before an id; null: starting with the newest. */
export async function readNotifications(
  db: DbReader,
  recipient: string,
  before: string | null,
  limit: number,
): Promise<NotificationsTable[]> {
  let query = db.selectFrom('notifications').selectAll().where('recipient', '=', recipient)
  if (before !== null) query = query.where('id', '<', before)
  return query.orderBy('id', 'desc').limit(limit).execute()
}

export async function countUnread(db: DbReader, recipient: string): Promise<number> {
  const row = await db
    .selectFrom('notifications')
    .select(({ fn }) => fn.countAll<number | string>().as('count'))
    .where('recipient', '=', recipient)
    .where('read_at', 'is', null)
    .executeTakeFirst()
  return Number(row?.count ?? 0)
}

/** Marks a notification of a person and all before it as read. */
export async function markReadUpTo(tx: Tx, recipient: string, id: string, now: number): Promise<void> {
  await tx
    .updateTable('notifications')
    .set({ read_at: now })
    .where('recipient', '=', recipient)
    .where('id', '<=', id)
    .where('read_at', 'is', null)
    .execute()
}

export async function deleteNotificationsBefore(db: Db, createdBefore: number): Promise<void> {
  await db.deleteFrom('notifications').where('created_at', '<', createdBefore).execute()
}

/** Deletes the notifications of people. */
export async function deleteNotifications(tx: Tx, recipients: readonly string[]): Promise<void> {
  await tx
    .deleteFrom('notifications')
    .where('recipient', 'in', [...recipients])
    .execute()
}
