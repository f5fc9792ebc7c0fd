import type { EventLog } from '#db/event-log.ts'
import { clearBefore, dropSourceChange } from './import-journal-store.ts'

/** Drops what was kept to take a source's last change back, and what it calls its entries. */
export async function forgetChanges(eventLog: EventLog, source: string): Promise<void> {
  await clearBefore(eventLog, source)
  await eventLog.commit((tx) => dropSourceChange(tx, source))
}
