import type { EventLog } from '#db/event-log.ts'
import type { Db } from '#db/schema.ts'
import type { Clock } from '#platform/clock.ts'
import { lastReportAt } from '#features/reports/read-reports.ts'
import { readContributions, readDueFields, readVotes, upsertVote } from './contribution-store.ts'
import { rejudge } from './rejudge.ts'

/**
 * Expires contributions that nobody confirmed in time and applies removals that are due. A report on a zone that riders
 * added confirms that zone. Returns the number of fields that were judged again.
 */
export async function expireContributions({
  db,
  eventLog,
  clock,
}: {
  db: Db
  eventLog: EventLog
  clock: Clock
}): Promise<number> {
  const due = await readDueFields(db, clock())
  for (const { zone_id, field } of due) {
    await eventLog.commit(async (tx, append) => {
      const now = clock()
      const reportedAt = field === 'exists' ? await lastReportAt(tx, zone_id) : null
      const [oldest] = reportedAt === null ? [] : await readVotes(tx, zone_id, field)
      if (oldest !== undefined && reportedAt !== null && reportedAt > oldest.last_at) {
        const [contribution] = await readContributions(tx, zone_id, field)
        if (contribution?.state === 'shown') await upsertVote(tx, { ...oldest, last_at: reportedAt })
      }
      await rejudge(tx, append, zone_id, field, now)
    })
  }
  return due.length
}
