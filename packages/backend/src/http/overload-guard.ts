import { DomainError } from '@kickstand/domain'
import type { FastifyInstance } from 'fastify'
import type { Clock } from '#platform/clock.ts'

const LOOK_EVERY_MS = 250
/** A process that comes to its own timer so late, and so late again, has more waiting than it can hold. */
const LATE_MS = 3_000
const LOOKS_LATE = 2

/**
 * Turns requests away with 503 and `Retry-After` while the process does not keep up, before what waits fills its memory. Those
 * that tell how it is are answered all the same. `uptime` is a clock that nobody sets.
 */
export function registerOverloadGuard(app: FastifyInstance, uptime: Clock): void {
  let lookedAt = uptime()
  let late = 0
  const timer = setInterval(() => {
    const now = uptime()
    // Once may be one long task, or a machine that was asleep: nothing has piled up by that.
    late = now - lookedAt - LOOK_EVERY_MS > LATE_MS ? late + 1 : 0
    lookedAt = now
  }, LOOK_EVERY_MS).unref()
  app.addHook('onClose', async () => clearInterval(timer))
  app.addHook('onRequest', (request, _reply, done) => {
    if (late >= LOOKS_LATE && request.routeOptions.config.unlimited !== true) {
      throw new DomainError('overloaded', 'This server has more to do than it can. Try again in a few seconds.')
    }
    done()
  })
}
