import type { Db } from '#db/schema.ts'
import { checkpointedUpTo } from '#features/availability/stored-estimates.ts'
import { deleteReadings } from './reading-store.ts'

const HOUR = 60 * 60_000
const DAY = 24 * HOUR
/** Readings this long before a checkpoint are still used when observations are replayed from it. */
const REPLAY_WINDOW_MS = HOUR

/** Deletes readings a day after they are in every checkpoint. Returns the number of deleted readings. */
export async function pruneReadings(db: Db, now: number): Promise<number> {
  const cutoff = await checkpointedUpTo(db)
  return deleteReadings(db, Math.min(cutoff - REPLAY_WINDOW_MS, now - DAY) - DAY)
}
