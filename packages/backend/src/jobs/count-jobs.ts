import type { DbReader } from '#db/schema.ts'
import { countDueBefore } from './lease-store.ts'

/** A job may run for a while, and servers look for due ones every few seconds: what is due for an hour is late. */
const LATE_AFTER_MS = 60 * 60_000

/**
 * How many jobs ever ran, and how many of them should have run again long ago: no server with the role `jobs` runs, or one is
 * stuck. `now`: epoch milliseconds.
 */
export async function countJobs(db: DbReader, now: number): Promise<{ ran: number; late: number }> {
  return { ran: await countDueBefore(db, Number.MAX_SAFE_INTEGER), late: await countDueBefore(db, now - LATE_AFTER_MS) }
}
