import { DomainError } from '@kickstand/domain'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { NEVER } from '#platform/cache-rules.ts'
import type { Clock } from '#platform/clock.ts'
import { callerOf } from '#platform/network.ts'
import type { RedisLink } from '#platform/redis.ts'

const WINDOW_MS = 60_000
const MAX_CALLERS = 200_000
/** How often servers tell each other what they have counted: so long a caller of several servers may be let too much. */
const SHARE_EVERY_MS = 250
const SHARED_AT_ONCE = 5000

/** Counts a request of a caller. Throws `rate-limited` beyond the limit. */
export type Limiter = (caller: string, reply: FastifyReply) => void

/** The limits of one process, counted together with the other servers where they share a Redis. */
export type Limits = {
  /** At most `limit` a minute for each caller; 0 lets all through. `whose` is the caller in words: `address`, `device`. */
  limiter(name: string, limit: number, whose: string): Limiter
  start(): void
  stop(): void
}

/** What is known of a caller in this window: counted here and not told yet, and told by all servers. */
type Count = { mine: number; told: number }

type Window = { start: number; counts: Map<string, Count>; touched: Set<string> }

/**
 * Requests are counted here at once, and with the others' four times a second: no request ever waits for Redis, and without
 * it each server counts for itself. Sets `RateLimit` and `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers), and
 * `Retry-After` with the refusal.
 */
export function createLimits(clock: Clock, redis: RedisLink | null): Limits {
  const windows = new Map<string, Window>()
  let timer: NodeJS.Timeout | null = null

  function windowOf(name: string): Window {
    const now = clock()
    const window = windows.get(name)
    const start = now - (now % WINDOW_MS)
    // All turn together: one clear instead of a timer or a sweep per caller. A clock that was set back opens one, too: nobody
    // is kept out until it comes round again.
    if (window !== undefined && window.start === start && window.counts.size <= MAX_CALLERS) return window
    const made = { start, counts: new Map(), touched: new Set<string>() }
    windows.set(name, made)
    return made
  }

  async function share(link: RedisLink): Promise<void> {
    for (const [name, window] of windows) {
      const callers = [...window.touched].slice(0, SHARED_AT_ONCE)
      if (callers.length === 0) continue
      const told = callers.map((caller): [string, number] => [
        `kickstand:limit:${name}:${window.start}:${caller}`,
        window.counts.get(caller)?.mine ?? 0,
      ])
      for (const caller of callers) window.touched.delete(caller)
      const totals = await link.add(told, 2 * WINDOW_MS)
      for (const [i, caller] of callers.entries()) {
        const count = window.counts.get(caller)
        if (count === undefined) continue
        if (totals === null) window.touched.add(caller)
        else {
          count.told = totals[i]
          count.mine -= told[i][1]
        }
      }
    }
  }

  function shareAgain(link: RedisLink): void {
    timer = setTimeout(() => {
      void share(link).finally(() => {
        if (timer !== null) shareAgain(link)
      })
    }, SHARE_EVERY_MS)
  }

  return {
    limiter(name, limit, whose) {
      if (limit === 0) return () => undefined
      const policy = `"${name}";q=${limit};w=${WINDOW_MS / 1000}`
      return (caller, reply) => {
        const window = windowOf(name)
        let count = window.counts.get(caller)
        if (count === undefined) {
          count = { mine: 0, told: 0 }
          window.counts.set(caller, count)
        }
        count.mine += 1
        if (redis !== null) window.touched.add(caller)
        const used = count.mine + count.told
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
            `More than ${limit} requests a minute came from your ${whose}. Wait ${reset} s, then go on.`,
          )
        }
      }
    },
    start() {
      if (redis !== null) shareAgain(redis)
    },
    stop() {
      if (timer !== null) clearTimeout(timer)
      timer = null
    },
  }
}

/** What an earlier limit of this request has left: the caller is told of the one that he meets first. */
function leftBefore(reply: FastifyReply): number {
  const told = reply.getHeader('ratelimit')
  return typeof told === 'string' ? Number(/;r=(\d+)/.exec(told)?.[1]) : Number.POSITIVE_INFINITY
}

/** Applies a limiter to every request but those that tell how the server is, and what every answer carries. */
export function registerLimiter(app: FastifyInstance, limiter: Limiter): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-content-type-options', 'nosniff').header('cache-control', NEVER)
    if (request.routeOptions.config.unlimited !== true) limiter(callerOf(request.ip), reply)
    done()
  })
}
