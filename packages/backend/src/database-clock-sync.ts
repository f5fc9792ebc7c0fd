import type { Database } from '#db/open-database.ts'
import { createClusterClock } from '#platform/cluster-clock.ts'
import { systemClock, uptime, type Clock } from '#platform/clock.ts'
import type { Logger } from '#platform/log.ts'

/** An answer that took longer is of no use: it tells a time that has gone. */
const WITHIN_MS = 5_000
const WHOSE = { own: 'the clock of this machine', other: 'the clock of the database' }

/** The time of the service. */
export type DatabaseClockSync = {
  readonly clock: Clock
  /** Asks the database again; to be called every few seconds. Never throws. */
  ask(): Promise<void>
}

/**
 * Servers of one database keep one time: see `createClusterClock`. Where the database has no clock of its own, and in tests with
 * another clock than the machine's, it is the clock that was given.
 */
export function createDatabaseClockSync(
  { db, engine }: Pick<Database, 'db' | 'engine'>,
  clock: Clock,
  log: Logger,
): DatabaseClockSync {
  const { readTime } = engine
  if (readTime === null || clock !== systemClock) return { clock, ask: async () => undefined }
  const agreed = createClusterClock(clock, uptime, (whose, aheadMs) =>
    log.error(
      { aheadSeconds: Math.round(aheadMs / 1000) },
      `${WHOSE[whose]} is wrong and is not believed: set it right`,
    ),
  )
  return {
    clock: agreed.now,
    async ask() {
      const asked = uptime()
      // A database that is away is told of elsewhere.
      const told = await readTime(db).catch(() => null)
      if (told !== null && uptime() - asked < WITHIN_MS) agreed.hear(told)
    },
  }
}
