import type { Database } from '#db/open-database.ts'
import { createClusterClock } from '#platform/cluster-clock.ts'
import { systemClock, uptime, type Clock } from '#platform/clock.ts'
import type { Logger } from '#platform/log.ts'

/** Maximum round trip: a slower answer is too old to use. */
const MAX_ROUND_TRIP_MS = 5_000
const CLOCK_NAMES = { own: 'the clock of this machine', other: 'the clock of the database' }

/** The time of the service. */
export type DatabaseClockSync = {
  readonly clock: Clock
  /** Reads the database's clock; to be called every few seconds. Never throws. */
  sync(): Promise<void>
}

/**
 * All servers of a database share one time: see `createClusterClock`. For a database without a clock of its own, and in
 * tests with another clock than the system's, it is the given clock.
 */
export function createDatabaseClockSync(
  { db, engine }: Pick<Database, 'db' | 'engine'>,
  clock: Clock,
  log: Logger,
): DatabaseClockSync {
  const { readTime } = engine
  if (readTime === null || clock !== systemClock) return { clock, sync: async () => undefined }
  const clusterClock = createClusterClock(clock, uptime, (whose, aheadMs) =>
    log.error(
      { aheadSeconds: Math.round(aheadMs / 1000) },
      `${CLOCK_NAMES[whose]} is wrong and is ignored. Correct it.`,
    ),
  )
  return {
    clock: clusterClock.now,
    async sync() {
      const sentAt = uptime()
      // An unreachable database is reported elsewhere.
      const reference = await readTime(db).catch(() => null)
      if (reference !== null && uptime() - sentAt < MAX_ROUND_TRIP_MS) clusterClock.observe(reference)
    },
  }
}
