import type { FastifyInstance } from 'fastify'
import { registerCredentials } from './credentials/credential-routes.ts'
import type { OwnAccountDeps } from './own-account-deps.ts'
import { registerOwnAccount } from './people/own-account-routes.ts'
import { registerSessions } from './sessions/session-routes.ts'
import { registerSignIn } from './sign-in/sign-in-routes.ts'

/** Signing in, and the own account of each person. */
export function register(app: FastifyInstance, deps: OwnAccountDeps): void {
  registerSignIn(app, deps)
  registerOwnAccount(app, deps)
  registerCredentials(app, deps)
  registerSessions(app, deps)
}
