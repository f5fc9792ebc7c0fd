import type { DomainError } from '@kickstand/domain'
import { fastify, LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify'
import { uptime } from '#platform/clock.ts'
import type { Config } from '#platform/config.ts'
import { newId } from '#platform/ids.ts'
import type { Logger } from '#platform/log.ts'
import type { MinuteFigures } from '#platform/minute-figures.ts'
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
import { classOfRoute } from './route-class.ts'
import { registerValidation } from './validation.ts'

declare module 'fastify' {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- only an interface can be added to
  interface FastifyContextConfig {
    /** No rate limit and no overload guard: health checks. */
    unlimited?: boolean
    /** Has its own timeout, shorter than `HANDLER_TIMEOUT_MS`, and so needs no handler timer. */
    endsInTime?: boolean
  }
}

const BODY_LIMIT = 64 * 1024
/** Timeout for the headers of a request, however long its body may take. */
const HEADERS_TIMEOUT_MS = 10_000
/** How often Node checks open requests for timeouts. */
const CHECK_EVERY_MS = 1_000
/** Timeout of the handler of a write. */
const HANDLER_TIMEOUT_MS = 30_000

/** Node's own limit for all headers, so that no path parameter can be longer. */
const MAX_PARAM_LENGTH = 16 * 1024

/** `databaseErrorOf`: see `registerProblems`; `readBarrier`: see `registerRetryNotFound`. */
export type AppDeps = {
  config: Config
  limits: Limits
  log: Logger
  metrics: Metrics
  figures: MinuteFigures
  bodies: BodyBudget
  databaseErrorOf: (error: unknown) => DomainError | null
  readBarrier: () => Promise<void>
}

/**
 * The HTTP server with what all routes share: limits, body parsing, validation, error responses, metrics and the
 * request log.
 */
export function createApp({
  bodies,
  config,
  figures,
  limits,
  log,
  metrics,
  databaseErrorOf,
  readBarrier,
}: AppDeps): FastifyInstance {
  const prefix = newId()
  let count = 0
  const requestMs = config.requestSeconds * 1000
  const loggerInstance: FastifyBaseLogger = log
  const app: FastifyInstance = fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    // Log lines carry the request id themselves: a child logger per request would cost more than most requests do.
    childLoggerFactory: (logger) => logger,
    bodyLimit: BODY_LIMIT,
    requestTimeout: requestMs,
    // Node reads these at construction only. If set later, the shorter limit applies to the headers and the longer to
    // the request.
    http: {
      requestTimeout: requestMs,
      headersTimeout: Math.min(HEADERS_TIMEOUT_MS, requestMs),
      connectionsCheckingInterval: CHECK_EVERY_MS,
    },
    keepAliveTimeout: 65_000,
    // Connections with a request in progress stay open until it ends; `stop` closes those that remain.
    forceCloseConnections: 'idle',
    // Requests that still arrive on open connections during shutdown are answered normally.
    return503OnClosing: false,
    // Addresses only: with a hop count or `true`, any client could forge the address that rate limits use.
    trustProxy: config.trustedProxies.length > 0 ? [...config.trustedProxies] : false,
    genReqId: () => `${prefix}-${(count += 1).toString(36)}`,
    rewriteUrl: rewriteBadAddress,
    // Schemas limit parameters. The router would answer longer ones itself, before any hook runs.
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: MAX_PARAM_LENGTH },
  })
  // Fastify parses text/plain as a string by default. Every body here is JSON.
  app.removeContentTypeParser('text/plain')
  registerJsonBodies(app, bodies)
  registerValidation(app)
  registerProblems(app, databaseErrorOf, createFailureLog(log, uptime))
  registerRoles(app, config.roles)
  registerOverloadGuard(app, uptime)
  registerRetryNotFound(app, readBarrier)
  app.addHook('onRoute', (route) => {
    // Reads run statements that have their own timeouts; a timer per request would slow the fastest routes.
    const isRead = route.method === 'GET' || route.method === 'HEAD'
    if (!isRead && route.config?.endsInTime !== true) route.handlerTimeout ??= HANDLER_TIMEOUT_MS
  })
  app.addHook('onResponse', (request, reply, done) => {
    const ms = reply.elapsedTime
    const route = request.routeOptions.url ?? 'none'
    metrics.observeRequest(request.method, route, reply.statusCode, ms / 1000)
    figures.countRequest(classOfRoute(request.method, route), reply.statusCode, ms)
    log.info({ id: request.id, method: request.method, route, status: reply.statusCode, ms }, 'request')
    done()
  })
  registerLimiter(app, limits.limiter('default', config.rateLimit, 'address'))
  registerBadAddresses(app)
  return app
}
