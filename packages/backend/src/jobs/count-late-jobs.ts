import type { DbReader } from '#db/schema.ts'
import { countDueBefore } from './lease-store.ts'

/** A job may run for a while, and servers look for due ones every few seconds: what is due for an hour is late. */
const LATE_AFTER_MS = 60 * 60_000

/** How many jobs should have run long ago: no server with the role `jobs` runs, or one is stuck. `now`: epoch milliseconds. */
export function countLateJobs(db: DbReader, now: number): Promise<number> {
  return countDueBefore(db, now - LATE_AFTER_MS)
}
