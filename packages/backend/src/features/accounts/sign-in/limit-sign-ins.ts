import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Limits } from '#http/rate-limit.ts'
import type { Config } from '#platform/config.ts'
import { callerOf } from '#platform/network.ts'

export type SignInLimitDeps = {
  readonly config: Pick<Config, 'signInLimit'>
  readonly limits: Pick<Limits, 'limiter'>
}

/**
 * The limit of an address for all routes that verify or hash a password, which is costly; they count together. Returns an
 * `onRequest` hook, which throws `rate-limited`.
 */
export function limitSignIns({
  config,
  limits,
}: SignInLimitDeps): (request: FastifyRequest, reply: FastifyReply, done: () => void) => void {
  const limit = limits.limiter('sign-in', config.signInLimit, 'address')
  return (request, reply, done) => {
    limit(callerOf(request.ip), reply)
    done()
  }
}
