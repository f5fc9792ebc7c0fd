import type { AccessRule } from '@kickstand/domain'
import type { FastifyInstance } from 'fastify'

declare module 'fastify' {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- only an interface can be added to
  interface FastifyContextConfig {
    /** Who may use the route. A route without it keeps the service from starting. */
    access?: AccessRule
  }
}

/** A route with who may use it. `path` shows parameters as `{id}`. */
export type RouteAccess = { readonly method: string; readonly path: string; readonly access: AccessRule }

export type AccessRegister = {
  /** The routes so far that state their access themselves, in the order of their registration. */
  readonly routes: readonly RouteAccess[]
  /** Runs a registration whose plugins add routes that cannot state it, such as those of static files: all are public. */
  asPublic(registration: () => Promise<void>): Promise<void>
}

/** Rejects routes that do not state who may use them. Register it before the routes. */
export function registerAccess(app: FastifyInstance): AccessRegister {
  const routes: RouteAccess[] = []
  let assumesPublic = false
  app.addHook('onRoute', ({ method, url, config }) => {
    const access = config?.access
    if (access === undefined) {
      if (assumesPublic) return
      throw new Error(`The route ${String(method)} ${url} does not state who may use it. Add config: { access }.`)
    }
    for (const each of [method].flat()) {
      // Fastify adds a HEAD to each GET, with the same handler and configuration.
      if (each !== 'HEAD') routes.push({ method: each, path: url.replaceAll(/:(\w+)(\([^)]*\))?/g, '{$1}'), access })
    }
  })
  return {
    routes,
    async asPublic(registration) {
      assumesPublic = true
      await registration()
      assumesPublic = false
    },
  }
}
