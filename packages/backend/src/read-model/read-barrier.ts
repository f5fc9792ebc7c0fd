import type { Database } from '#db/open-database.ts'
import type { Clock } from '#platform/clock.ts'
import { createSharedRuns } from '#platform/shared-runs.ts'
import type { Sleep } from '#platform/sleep.ts'
import type { Tail } from './tail.ts'

/** Minimum time between two reads of the database, whatever the number of calls. */
const MIN_INTERVAL_MS = 50

/**
 * Resolves when this server has applied everything committed on any server before the call. Throws the database's
 * errors.
 */
export type ReadBarrier = () => Promise<void>

/**
 * Runs before a 404: another server may have created the resource a moment ago. One sync serves all calls made before
 * it begins, so a flood of unknown ids costs the database 20 reads per second.
 */
export function createReadBarrier(
  { db, engine }: Pick<Database, 'db' | 'engine'>,
  tail: Pick<Tail, 'catchUp'>,
  uptime: Clock,
  sleep: Sleep,
): ReadBarrier {
  let startedAt = Number.NEGATIVE_INFINITY

  async function sync(): Promise<void> {
    startedAt = uptime()
    await engine.awaitClusterSync(db)
    await tail.catchUp()
  }

  const syncs = createSharedRuns(sync, () => sleep(Math.max(0, startedAt + MIN_INTERVAL_MS - uptime())))
  return syncs.run
}
