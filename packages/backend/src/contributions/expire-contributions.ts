import type { EventLog } from '#db/event-log.ts'
import type { Db } from '#db/schema.ts'
import type { Clock } from '#platform/clock.ts'
import {
  deleteWritesBefore,
  lastReportAt,
  readContributions,
  readPassing,
  readVotes,
  putVote,
} from './contribution-store.ts'
import { rejudge } from './rejudge.ts'

const DAY = 24 * 60 * 60_000
const KEYS_KEPT = 2 * DAY

/**
 * Lets go of contributions that nobody has seen again, and carries out removals that have waited long enough. Whoever reports how full a place is that riders added has seen it. Returns how many
 * fields of zones were looked at.
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
  const passing = await readPassing(db, clock())
  for (const { zone_id, field } of passing) {
    await eventLog.commit(async (tx, append) => {
      const now = clock()
      const reportedAt = field === 'exists' ? await lastReportAt(tx, zone_id) : null
      const [oldest] = reportedAt === null ? [] : await readVotes(tx, zone_id, field)
      if (oldest !== undefined && reportedAt !== null && reportedAt > oldest.last_at) {
        const [contribution] = await readContributions(tx, zone_id, field)
        if (contribution?.state === 'shown') await putVote(tx, { ...oldest, last_at: reportedAt })
      }
      await rejudge(tx, append, zone_id, field, now)
    })
  }
  await deleteWritesBefore(db, clock() - KEYS_KEPT)
  return passing.length
}
