import type { FastifyRequest } from 'fastify'
import { actorOf } from '#http/auth/actor-of-request.ts'
import { accountOf } from '#http/auth/principal.ts'
import type { Limits } from '#http/rate-limit.ts'
import type { Config } from '#platform/config.ts'
import type { Metrics } from '#platform/metrics.ts'
import type { NetworkOf } from '#platform/network.ts'
import type { SessionFinder } from './sessions/find-session.ts'
import type { Self } from './sessions/change-own.ts'
import type { StepUpDeps } from './sessions/step-up.ts'

/** The dependencies of the routes for signing in and for the person's own account. */
export type OwnAccountDeps = StepUpDeps & {
  readonly config: Pick<Config, 'publicUrl' | 'port' | 'sessionIdleMinutes' | 'sessionDays' | 'signInLimit'>
  readonly limits: Pick<Limits, 'limiter'>
  readonly metrics: Pick<Metrics, 'signIns'>
  readonly networkOf: NetworkOf
  readonly sessions: SessionFinder
}

/** The person who changes their own account with this request. Throws `sign-in-required`. */
export function selfOf(request: FastifyRequest, networkOf: NetworkOf): Self {
  return { account: accountOf(request), actor: actorOf(request, networkOf) }
}
