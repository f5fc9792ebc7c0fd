import type { RouteAccess } from '#http/auth/access.ts'
import { systemClock } from '#platform/clock.ts'
import type { Config } from '#platform/config.ts'
import { createLog } from '#platform/log.ts'
import { openBasemap } from '#basemap/open-basemap.ts'
import { createContext } from './context.ts'
import { createHttpServer } from './http-server.ts'
import { createLifecycle } from './lifecycle.ts'

/** The pages of the apps have no access of their own. */
const NO_PAGES = { rider: 'not-built', console: 'not-built' }

/**
 * Who may use which route of the API: registers the routes of a service that never listens. `config` names an empty
 * database.
 */
export async function listAccess(config: Config): Promise<readonly RouteAccess[]> {
  const log = createLog('silent')
  const lifecycle = createLifecycle(log)
  try {
    const basemap = await openBasemap(config.basemap)
    const context = await createContext({ config, clock: systemClock, log, feeds: [], basemap }, lifecycle)
    const server = await createHttpServer(context, NO_PAGES)
    lifecycle.onStop('server', () => server.close())
    return server.routes
  } finally {
    await lifecycle.stop()
  }
}
