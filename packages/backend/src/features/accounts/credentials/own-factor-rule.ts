import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Db } from '#db/schema.ts'
import { accountOf } from '#http/auth/principal.ts'
import { requireOwnFactor } from './change-credentials.ts'

declare module 'fastify' {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- only an interface can be added to
  interface FastifyContextConfig {
    /** Whether a session without the second factor of its account may use a route that changes the account. */
    allowedWithoutOwnFactor?: boolean
  }
}

/**
 * Applies one rule to all routes with which people change their own account: if the account has a second factor, the session
 * must have it too. Somebody who knows only the password can read the account and its inbox, prove who they are and sign out.
 * A session through an identity provider must have a proof of the person's own in any case. Register it before the routes.
 * Requests that break the rule are rejected with the errors of `requireOwnFactor`.
 */
export function registerOwnFactorRule(app: FastifyInstance, { db }: { readonly db: Db }): void {
  app.addHook('onRoute', (route) => {
    const { method, config } = route
    if (config?.access !== 'own-account' || config.allowedWithoutOwnFactor === true) return
    if ([method].flat().every((each) => each === 'GET' || each === 'HEAD')) return
    const own = [route.preHandler ?? []].flat()
    route.preHandler = [async (request: FastifyRequest) => requireOwnFactor(db, accountOf(request)), ...own]
  })
}
