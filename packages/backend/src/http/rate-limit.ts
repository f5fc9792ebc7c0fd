import { DomainError } from '@kickstand/domain'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { NO_STORE } from '#platform/cache-rules.ts'
import type { Clock } from '#platform/clock.ts'
import { callerOf } from '#platform/network.ts'
import type { RedisLink } from '#platform/redis.ts'

const WINDOW_MS = 60_000
const MAX_CALLERS = 200_000
/** How often servers share their counts. For that long a caller of several servers can exceed the limit. */
export const SHARE_EVERY_MS = 250
const MAX_SHARED_AT_ONCE = 5000

/** Counts a request of a caller. Throws `rate-limited` beyond the limit. */
export type Limiter = (caller: string, reply: FastifyReply) => void

/** The rate limits of one process. Servers that share a Redis add up their counts. */
export type Limits = {
  /**
   * At most `limit` requests per caller and minute; 0 disables it. `whose` names the caller in messages: `address`,
   * `device`.
   */
  limiter(name: string, limit: number, whose: string): Limiter
  /** Shares the counts with the other servers; to be called every `SHARE_EVERY_MS`. Never throws. */
  share(): Promise<void>
}

/** Requests of a caller in this window: counted here and not shared yet, and the shared total of all servers. */
type Count = { unshared: number; shared: number }

type Window = { start: number; counts: Map<string, Count>; touched: Set<string> }

/**
 * Counts requests in memory and adds them to the shared counts four times a second. No request waits for Redis; without
 * it each server counts alone. Sets `RateLimit` and `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers), and
 * `Retry-After` on a 429.
 */
export function createLimits(clock: Clock, redis: RedisLink | null): Limits {
  const windows = new Map<string, Window>()

  function windowOf(name: string): Window {
    const now = clock()
    const window = windows.get(name)
    const start = now - (now % WINDOW_MS)
    // The windows of all callers end together: one clear instead of a timer per caller. A clock that was set back also
    // starts a new window, so that no caller stays locked out until the old time returns.
    if (window !== undefined && window.start === start && window.counts.size <= MAX_CALLERS) return window
    const fresh = { start, counts: new Map(), touched: new Set<string>() }
    windows.set(name, fresh)
    return fresh
  }

  async function shareOver(link: RedisLink): Promise<void> {
    for (const [name, window] of windows) {
      const callers = [...window.touched].slice(0, MAX_SHARED_AT_ONCE)
      if (callers.length === 0) continue
      const increments = callers.map((caller): [string, number] => [
        `kickstand:limit:${name}:${window.start}:${caller}`,
        window.counts.get(caller)?.unshared ?? 0,
      ])
      for (const caller of callers) window.touched.delete(caller)
      const totals = await link.add(increments, 2 * WINDOW_MS)
      for (const [i, caller] of callers.entries()) {
        const count = window.counts.get(caller)
        if (count === undefined) continue
        if (totals === null) window.touched.add(caller)
        else {
          count.shared = totals[i]
          count.unshared -= increments[i][1]
        }
      }
    }
  }

  return {
    limiter(name, limit, whose) {
      if (limit === 0) return () => undefined
      const policy = `"${name}";q=${limit};w=${WINDOW_MS / 1000}`
      return (caller, reply) => {
        const window = windowOf(name)
        let count = window.counts.get(caller)
        if (count === undefined) {
          count = { unshared: 0, shared: 0 }
          window.counts.set(caller, count)
        }
        count.unshared += 1
        if (redis !== null) window.touched.add(caller)
        const used = count.unshared + count.shared
        const reset = Math.max(1, Math.ceil((window.start + WINDOW_MS - clock()) / 1000))
        const left = Math.max(0, limit - used)
        if (left <= leftBefore(reply)) {
          reply.header('ratelimit-policy', policy)
          reply.header('ratelimit', `"${name}";r=${left};t=${reset}`)
        }
        if (used > limit) {
          reply.header('retry-after', reset)
          throw new DomainError(
            'rate-limited',
            `Your ${whose} sent more than ${limit} requests a minute. Wait ${reset} s, then try again.`,
          )
        }
      }
    },
    async share() {
      if (redis !== null) await shareOver(redis)
    },
  }
}

/** What an earlier limiter of this request has left: the header reports the limit that the caller reaches first. */
function leftBefore(reply: FastifyReply): number {
  const header = reply.getHeader('ratelimit')
  return typeof header === 'string' ? Number(/;r=(\d+)/.exec(header)?.[1]) : Number.POSITIVE_INFINITY
}

/** Applies a limiter to every route that is not `unlimited`, and sets the headers that every response carries. */
export function registerLimiter(app: FastifyInstance, limiter: Limiter): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-content-type-options', 'nosniff').header('cache-control', NO_STORE)
    if (request.routeOptions.config.unlimited !== true) limiter(callerOf(request.ip), reply)
    done()
  })
}
