import type { Database } from '#db/open-database.ts'
import type { Clock } from '#platform/clock.ts'
import type { Sleep } from '#platform/sleep.ts'
import type { Tail } from './tail.ts'

/** However many ask, the database is looked at no oftener. */
const EVERY_MS = 50

/** Resolves when this server knows whatever was committed anywhere before the call. Throws what the database does where it is away. */
export type ReadBarrier = () => Promise<void>

/**
 * What is asked before anybody is told that something is not there: another server may have made it a moment ago. One look
 * serves all who ask before it begins, so a flood of made-up names costs the database twenty looks a second.
 */
export function createReadBarrier(
  { db, engine }: Pick<Database, 'db' | 'engine'>,
  tail: Pick<Tail, 'catchUp'>,
  uptime: Clock,
  sleep: Sleep,
): ReadBarrier {
  let begunAt = Number.NEGATIVE_INFINITY
  let running: Promise<void> = Promise.resolve()
  let next: Promise<void> | null = null

  async function look(): Promise<void> {
    await engine.awaitOthers(db)
    await tail.catchUp()
  }

  async function lookNext(): Promise<void> {
    await running.catch(() => undefined)
    await sleep(Math.max(0, begunAt + EVERY_MS - uptime()))
    // Who asks from here on may ask for what this look does not see.
    next = null
    begunAt = uptime()
    running = look()
    await running
  }

  return () => {
    next ??= lookNext()
    return next
  }
}
