import type { DomainError } from '@kickstand/domain'
import { fastify, LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify'
import { uptime } from '#platform/clock.ts'
import type { Config } from '#platform/config.ts'
import { newId } from '#platform/ids.ts'
import type { Logger } from '#platform/log.ts'
import type { Metrics } from '#platform/metrics.ts'
import type { BodyBudget } from '#platform/body-budget.ts'
import { registerBadAddresses, rewriteBadAddress } from './bad-addresses.ts'
import { createFailureLog } from './failure-log.ts'
import { registerJsonBodies } from './json-bodies.ts'
import { registerProblems } from './problems.ts'
import { registerOverloadGuard } from './overload-guard.ts'
import { registerRoles } from './roles.ts'
import { registerLimiter, type Limits } from './rate-limit.ts'
import { registerRetryNotFound } from './retry-not-found.ts'
import { registerValidation } from './validation.ts'

declare module 'fastify' {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- only an interface can be added to
  interface FastifyContextConfig {
    /** Answers however often it is asked: health and metrics. */
    unlimited?: boolean
    /** Gives up by itself well before every other change would be: needs no timer for each request. */
    endsInTime?: boolean
  }
}

const BODY_LIMIT = 64 * 1024
/** Within which the head of a request must be there, whatever its body may take. */
const HEADERS_MS = 10_000
/** How late a request that takes too long is found. */
const CHECK_EVERY_MS = 1_000
/** Within which whatever was asked for is done or given up. */
const HANDLER_MS = 30_000

/** As long as the head of a request may be in all. */
const MAX_PARAM = 16 * 1024

/** `refusalOf`: see `registerProblems`; `readBarrier`: see `registerRetryNotFound`. */
export type AppDeps = {
  config: Config
  limits: Limits
  log: Logger
  metrics: Metrics
  bodies: BodyBudget
  refusalOf: (error: unknown) => DomainError | null
  readBarrier: () => Promise<void>
}

/** The HTTP server with everything that is the same for all routes: who, how much, in what shape, and what goes wrong. */
export function createApp({ bodies, config, limits, log, metrics, refusalOf, readBarrier }: AppDeps): FastifyInstance {
  const prefix = newId()
  let count = 0
  const requestMs = config.requestSeconds * 1000
  const loggerInstance: FastifyBaseLogger = log
  const app: FastifyInstance = fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    // What is logged of a request names it: a logger for each would cost more than most requests do.
    childLoggerFactory: (logger) => logger,
    bodyLimit: BODY_LIMIT,
    requestTimeout: requestMs,
    // Node takes these at construction only: set later, the shorter of two limits holds for the head and the longer for the whole.
    http: {
      requestTimeout: requestMs,
      headersTimeout: Math.min(HEADERS_MS, requestMs),
      connectionsCheckingInterval: CHECK_EVERY_MS,
    },
    keepAliveTimeout: 65_000,
    // Those with a request under way are let finish it; `stop` cuts what does not end.
    forceCloseConnections: 'idle',
    // What still arrives on a connection that was open is answered like everything else.
    return503OnClosing: false,
    // Addresses only: a count or `true` would let anyone write the address that limits go by.
    trustProxy: config.trustedProxies.length > 0 ? [...config.trustedProxies] : false,
    genReqId: () => `${prefix}-${(count += 1).toString(36)}`,
    rewriteUrl: rewriteBadAddress,
    // Schemas limit what a parameter may be; the router would answer longer ones by itself, before any hook.
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: MAX_PARAM },
  })
  // Fastify would read text/plain as a string; every body here is JSON.
  app.removeContentTypeParser('text/plain')
  registerJsonBodies(app, bodies)
  registerValidation(app)
  registerProblems(app, refusalOf, createFailureLog(log, uptime))
  registerRoles(app, config.roles)
  registerOverloadGuard(app, uptime)
  registerRetryNotFound(app, readBarrier)
  app.addHook('onRoute', (route) => {
    // Reads are made of statements with limits of their own; a timer for each would cost the fastest ones.
    const isRead = route.method === 'GET' || route.method === 'HEAD'
    if (!isRead && route.config?.endsInTime !== true) route.handlerTimeout ??= HANDLER_MS
  })
  app.addHook('onResponse', (request, reply, done) => {
    const ms = reply.elapsedTime
    const route = request.routeOptions.url ?? 'none'
    metrics.observeRequest(request.method, route, reply.statusCode, ms / 1000)
    log.info({ id: request.id, method: request.method, route, status: reply.statusCode, ms }, 'request')
    done()
  })
  registerLimiter(app, limits.limiter('default', config.rateLimit, 'address'))
  registerBadAddresses(app)
  return app
}
