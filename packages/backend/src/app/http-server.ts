import type { FastifyInstance } from 'fastify'
import { databaseErrorOf } from '#db/engine.ts'
import { upsertNotice } from '#db/notices.ts'
import { registerOwnFactorRule } from '#features/accounts/credentials/own-factor-rule.ts'
import { createApp } from '#http/app.ts'
import { registerAccess, type RouteAccess } from '#http/auth/access.ts'
import { registerHealthRoutes } from '#http/health-routes.ts'
import { registerOpenApi } from '#http/openapi.ts'
import { registerUntrustedProxy, UNTRUSTED_PROXY } from '#http/untrusted-proxy.ts'
import { registerWebRoutes, type WebRoots } from '#http/web-routes.ts'
import type { Context } from './context.ts'
import { FEATURES } from './features.ts'
import { createReadiness } from './readiness.ts'

const VERSION = '0.1.0'
/** Requests and streams that take longer to end are cut off when the service stops. */
const STOP_TIMEOUT_MS = 5_000

/** The HTTP server with all routes; it does not listen yet. */
export type HttpServer = {
  readonly app: FastifyInstance
  /** The routes of the API, with who may use them. */
  readonly routes: readonly RouteAccess[]
  /** Reports "stopping" on `/readyz`. Requests are still answered; each connection closes after its next response. */
  announceStop(): void
  /** Ends the streams, completes the requests in progress and closes. */
  close(): Promise<void>
}

/** Registers all routes and pages. Throws where a route does not say who may use it. */
export async function createHttpServer(context: Context, webRoots: WebRoots): Promise<HttpServer> {
  const { clock, database, engine, log } = context
  let isStopping = false
  const app = createApp({ ...context, databaseErrorOf: (error) => databaseErrorOf(engine, error) })
  registerUntrustedProxy(app, context.config.trustedProxies, (line) => {
    log.warn(line)
    upsertNotice(database, UNTRUSTED_PROXY, line, clock()).catch((error: unknown) =>
      log.error({ err: error }, 'a notice could not be stored'),
    )
  })
  const access = registerAccess(app, context)
  registerOwnFactorRule(app, context)
  await access.asPublic(() => registerOpenApi(app, VERSION))
  registerHealthRoutes(
    app,
    createReadiness(context, () => isStopping),
  )
  for (const feature of FEATURES) feature.register?.(app, context)
  await access.asPublic(() => registerWebRoutes(app, webRoots))
  return {
    app,
    routes: access.routes,
    announceStop() {
      isStopping = true
      app.server.prependListener('request', (_request, answer) => answer.setHeader('connection', 'close'))
    },
    async close() {
      const cut = setTimeout(() => app.server.closeAllConnections(), STOP_TIMEOUT_MS)
      await app.close()
      clearTimeout(cut)
    },
  }
}
