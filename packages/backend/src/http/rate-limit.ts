import { DomainError } from '@kickstand/domain'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Clock } from '#platform/clock.ts'

const WINDOW_MS = 60_000
const MAX_CALLERS = 200_000

/** A count per caller in windows of a minute. */
export type Limiter = (request: FastifyRequest, reply: FastifyReply) => void

/**
 * Lets each address make `limit` requests a minute; 0 lets all through. Sets `RateLimit` and `RateLimit-Policy`
 * (draft-ietf-httpapi-ratelimit-headers) and throws `rate-limited` with `Retry-After` beyond.
 */
export function createLimiter(name: string, limit: number, clock: Clock): Limiter {
  if (limit === 0) return () => undefined
  let counts = new Map<string, number>()
  let windowStart = 0
  const policy = `"${name}";q=${limit};w=${WINDOW_MS / 1000}`
  return (request, reply) => {
    const now = clock()
    // All windows turn together: one clear instead of a timer or a sweep per caller.
    if (now - windowStart >= WINDOW_MS || counts.size > MAX_CALLERS) {
      windowStart = now - (now % WINDOW_MS)
      counts = new Map()
    }
    const used = (counts.get(request.ip) ?? 0) + 1
    counts.set(request.ip, used)
    const reset = Math.max(1, Math.ceil((windowStart + WINDOW_MS - now) / 1000))
    reply.header('ratelimit-policy', policy)
    reply.header('ratelimit', `"${name}";r=${Math.max(0, limit - used)};t=${reset}`)
    if (used > limit) {
      reply.header('retry-after', reset)
      throw new DomainError(
        'rate-limited',
        `More than ${limit} requests a minute came from your address. Wait ${reset} s, then go on.`,
      )
    }
  }
}

/** Applies a limiter to every request but those that tell how the server is, and what every answer carries. */
export function registerLimiter(app: FastifyInstance, limiter: Limiter): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-content-type-options', 'nosniff')
    if (request.routeOptions.config.unlimited !== true) limiter(request, reply)
    done()
  })
}
