import { ping } from '#db/migrate.ts'
import type { Readiness } from '#http/health-routes.ts'
import { uptime } from '#platform/clock.ts'
import { sleep } from '#platform/sleep.ts'
import type { Context } from './context.ts'

/** An answer must come within what a load balancer waits for it. */
const PING_MS = 1_000
/** So long a board is good without its database: reads go on, reports are told to come again. */
const BEHIND_MS = 60_000

/** Whether this server should be sent requests, and what it is there for. `isClosing`: it is about to stop. */
export function createReadiness(context: Context, isClosing: () => boolean): Readiness {
  const { config, database, redis, tail } = context
  let asked: Promise<string> | null = null

  /** One question at a time: a database that does not answer would have them all wait for a connection each. */
  async function askDatabase(): Promise<string> {
    asked ??= ping(database.db)
      .then(
        () => 'ok',
        () => 'unreachable',
      )
      .finally(() => {
        asked = null
      })
    return Promise.race([asked, sleep(PING_MS).then(() => 'unreachable')])
  }

  return async () => {
    const behind = uptime() - tail.lastRead() >= BEHIND_MS
    const checks = { tail: behind ? 'behind' : 'ok', serving: isClosing() ? 'stopping' : 'ok' }
    const ready = Object.values(checks).every((check) => check === 'ok')
    // Told, and no reason to take no requests: all servers lose the database together, and most go on without it.
    const told = { database: await askDatabase(), roles: [...config.roles].join(',') }
    const shared = redis === null ? {} : { redis: redis.isUp() ? 'ok' : 'unreachable' }
    return { ready, checks: { ...checks, ...told, ...shared } }
  }
}
