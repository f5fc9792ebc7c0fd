import { ping } from '#db/migrate.ts'
import type { Readiness } from '#http/health-routes.ts'
import { uptime } from '#platform/clock.ts'
import { sleep } from '#platform/sleep.ts'
import type { Context } from './context.ts'

/** Time limit of the database check, shorter than a load balancer's timeout. */
const PING_TIMEOUT_MS = 1_000
/**
 * Lag of the tail at which the server is not ready: until then reads are answered from the board without a database.
 */
const MAX_TAIL_LAG_MS = 60_000

/** The readiness check, with the roles of this process. `isClosing`: the service is about to stop. */
export function createReadiness(context: Context, isClosing: () => boolean): Readiness {
  const { config, database, redis, tail } = context
  let pending: Promise<string> | null = null

  /** One ping at a time: with a database that does not respond, each would wait for a connection. */
  async function checkDatabase(): Promise<string> {
    pending ??= ping(database.db)
      .then(
        () => 'ok',
        () => 'unreachable',
      )
      .finally(() => {
        pending = null
      })
    return Promise.race([pending, sleep(PING_TIMEOUT_MS).then(() => 'unreachable')])
  }

  return async () => {
    const behind = uptime() - tail.lastRead() >= MAX_TAIL_LAG_MS
    const checks = { tail: behind ? 'behind' : 'ok', serving: isClosing() ? 'stopping' : 'ok' }
    const ready = Object.values(checks).every((check) => check === 'ok')
    // For information only: all servers lose the database together, and most requests work without it.
    const details = { database: await checkDatabase(), roles: [...config.roles].join(',') }
    const shared = redis === null ? {} : { redis: redis.isUp() ? 'ok' : 'unreachable' }
    return { ready, checks: { ...checks, ...details, ...shared } }
  }
}
