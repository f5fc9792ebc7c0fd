import type { RiderExportBody } from '@kickstand/contract'
import { writeTimeOfDay } from '@kickstand/domain'
import type { DbReader } from '#db/schema.ts'
import { readNotifications } from './notification-store.ts'
import { findQuietHours, readChoices } from './preference-store.ts'
import { readSubscriptions } from './push/push-store.ts'
import { recipientKey, type Person } from './recipient.ts'

/** More than the maximum size of an inbox. */
const MAX_RESULTS = 1000

type Stored = Pick<RiderExportBody, 'notifications' | 'notificationChoices' | 'quietHours' | 'pushSubscriptions'>

/** All data of a person in this feature, for their export. */
export async function readStoredOf(db: DbReader, person: Person): Promise<Stored> {
  const key = recipientKey(person)
  const quiet = await findQuietHours(db, key)
  return {
    notifications: (await readNotifications(db, key, null, MAX_RESULTS)).map((row) => ({
      id: row.id,
      kind: row.kind,
      params: JSON.parse(row.params) as unknown,
      createdAt: new Date(row.created_at).toISOString(),
      readAt: row.read_at === null ? null : new Date(row.read_at).toISOString(),
    })),
    notificationChoices: await readChoices(db, key),
    quietHours:
      quiet === null
        ? null
        : { from: writeTimeOfDay(quiet.from), until: writeTimeOfDay(quiet.until), timeZone: quiet.timeZone },
    pushSubscriptions: (await readSubscriptions(db, key)).map(({ id, endpoint, language, created_at }) => ({
      id,
      endpoint,
      language,
      createdAt: new Date(created_at).toISOString(),
    })),
  }
}

/** Whether this feature stores any data of a person. */
export async function isAnythingStoredOf(db: DbReader, person: Person): Promise<boolean> {
  const { notifications, notificationChoices, quietHours, pushSubscriptions } = await readStoredOf(db, person)
  return notifications.length + notificationChoices.length + pushSubscriptions.length > 0 || quietHours !== null
}
