import type { NotificationBody, NotificationListBody, NotificationsQuery } from '@kickstand/contract'
import type { DbReader } from '#db/schema.ts'
import { readPageCursor, writePageCursor } from '#http/page-cursor.ts'
import { describeNotice } from './describe-notice.ts'
import { countUnread, readNotifications } from './notification-store.ts'
import { recipientKey, type Person } from './recipient.ts'
import { readNotice } from './stored-notice.ts'
import type { NotificationsTable } from './tables.ts'

const LIST = 'notifications'
const DEFAULT_LIMIT = 50

/** A page of a person's inbox, newest first. Throws `invalid-request` for an invalid cursor. */
export async function listNotifications(
  { db }: { readonly db: DbReader },
  person: Person,
  { language = 'en', cursor, limit = DEFAULT_LIMIT }: NotificationsQuery,
): Promise<NotificationListBody> {
  const key = recipientKey(person)
  const before = readPageCursor(LIST, cursor)?.id ?? null
  const rows = await readNotifications(db, key, before, limit + 1)
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    notifications: page.flatMap((row) => toBody(row, language)),
    unread: await countUnread(db, key),
    nextCursor: rows.length > limit && last !== undefined ? writePageCursor(LIST, { sort: '', id: last.id }) : null,
  }
}

function toBody(row: NotificationsTable, language: string): NotificationBody[] {
  const notice = readNotice(row)
  if (notice === null) return []
  const { title, body, path } = describeNotice(notice, language)
  return [
    {
      id: row.id,
      kind: notice.kind,
      title,
      body,
      path,
      createdAt: new Date(row.created_at).toISOString(),
      readAt: row.read_at === null ? null : new Date(row.read_at).toISOString(),
    },
  ]
}
