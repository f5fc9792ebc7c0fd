import type { Database } from '#db/open-database.ts'
import type { Clock } from '#platform/clock.ts'
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
  let running: Promise<void> = Promise.resolve()
  let next: Promise<void> | null = null

  async function sync(): Promise<void> {
    await engine.awaitClusterSync(db)
    await tail.catchUp()
  }

  async function syncNext(): Promise<void> {
    await running.catch(() => undefined)
    await sleep(Math.max(0, startedAt + MIN_INTERVAL_MS - uptime()))
    // A later call may need what this sync does not see.
    next = null
    startedAt = uptime()
    running = sync()
    await running
  }

  return () => {
    next ??= syncNext()
    return next
  }
}
