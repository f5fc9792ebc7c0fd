import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { CONSOLE_HEADERS, RIDER_HEADERS } from './security-headers.ts'
import { servePage } from './serve-page.ts'

/** Folders of the built apps for browsers. */
export type WebRoots = { readonly rider: string; readonly console: string }

/** Where `npm run build:apps` builds them, below the root of the project. */
export function builtApps(projectRoot: string): WebRoots {
  return { rider: join(projectRoot, 'apps/rider/dist'), console: join(projectRoot, 'apps/console/dist') }
}

const CONSOLE_PREFIX = '/console'

/** Serves the riders' page at the root and the console at `/console`. */
export async function registerWebRoutes(app: FastifyInstance, roots: WebRoots): Promise<void> {
  // First: the routes for riders answer every other address.
  await app.register(
    async (scope) =>
      servePage(scope, {
        name: 'console',
        root: roots.console,
        headers: CONSOLE_HEADERS,
        front: /^\/console\/?(?:\?|$)/,
        reserved: /^\/console\/assets\//,
      }),
    { prefix: CONSOLE_PREFIX },
  )
  await servePage(app, {
    name: 'page',
    root: roots.rider,
    headers: RIDER_HEADERS,
    front: /^\/(?:\?|$)/,
    reserved: /^\/(v1|ogc|basemap|assets|docs)\//,
  })
}
