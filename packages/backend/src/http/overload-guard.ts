import { DomainError } from '@kickstand/domain'
import type { FastifyInstance } from 'fastify'
import type { Clock } from '#platform/clock.ts'

const CHECK_EVERY_MS = 250
/** Event-loop delay that counts as late. */
const LATE_MS = 3_000
/** Late checks in a row after which requests are rejected. */
const MAX_LATE_CHECKS = 2

/**
 * Rejects requests with 503 and `Retry-After` while the event loop is late, before queued work fills the memory. Routes
 * marked `unlimited` are still answered. `uptime` is a monotonic clock.
 */
export function registerOverloadGuard(app: FastifyInstance, uptime: Clock): void {
  let checkedAt = uptime()
  let late = 0
  const timer = setInterval(() => {
    const now = uptime()
    // A single late check can be one long task or a machine that was asleep: no work has queued up then.
    late = now - checkedAt - CHECK_EVERY_MS > LATE_MS ? late + 1 : 0
    checkedAt = now
  }, CHECK_EVERY_MS).unref()
  app.addHook('onClose', async () => clearInterval(timer))
  app.addHook('onRequest', (request, _reply, done) => {
    if (late >= MAX_LATE_CHECKS && request.routeOptions.config.unlimited !== true) {
      throw new DomainError('overloaded', 'The server is overloaded. Try again in a few seconds.')
    }
    done()
  })
}
