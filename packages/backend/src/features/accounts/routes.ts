import type { FastifyInstance } from 'fastify'
import { registerCredentials } from './credentials/credential-routes.ts'
import { registerLinks, type LinkRoutesDeps } from './links/link-routes.ts'
import type { OwnAccountDeps } from './own-account-deps.ts'
import { registerMemberships } from './people/membership-routes.ts'
import { registerOwnAccount } from './people/own-account-routes.ts'
import { registerSessions } from './sessions/session-routes.ts'
import { registerSignIn } from './sign-in/sign-in-routes.ts'

/** Registers the routes for signing in, for the person's own account, and for one-time links. */
export function register(app: FastifyInstance, deps: OwnAccountDeps & LinkRoutesDeps): void {
  registerSignIn(app, deps)
  registerOwnAccount(app, deps)
  registerCredentials(app, deps)
  registerSessions(app, deps)
  registerLinks(app, deps)
  registerMemberships(app, deps)
}
