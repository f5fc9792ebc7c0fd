import type { EventLog } from '#db/event-log.ts'
import { clearBefore, dropSourceChange } from './import-journal-store.ts'

/** Deletes the undo journal of a source, and the current references of its entries. */
export async function forgetChanges(eventLog: EventLog, source: string): Promise<void> {
  await clearBefore(eventLog, source)
  await eventLog.commit((tx) => dropSourceChange(tx, source))
}
