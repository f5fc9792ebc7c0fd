import type { Db } from '#db/schema.ts'
import { deleteReadings, checkpointedUpTo } from './reading-store.ts'

const HOUR = 60 * 60_000
const DAY = 24 * HOUR
/** Readings of so long before a checkpoint are still looked at when folding goes on from it. */
const REMEMBERED = HOUR

/**
 * Deletes the readings that are in every checkpoint, a day later, and the answers to batches of the day before. Returns how
 * many readings it deleted.
 */
export async function pruneReadings(db: Db, now: number): Promise<number> {
  const folded = await checkpointedUpTo(db)
  return deleteReadings(db, Math.min(folded - REMEMBERED, now - DAY) - DAY, now - DAY)
}
