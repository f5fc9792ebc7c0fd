import { DomainError } from '@kickstand/domain'
import type { FastifyInstance } from 'fastify'
import { paths } from '@kickstand/contract'
import type { Role } from '#platform/setting-kinds.ts'

/** The role that serves a path; null where every server does. */
function roleOf(path: string): Role | null {
  if (path === paths.healthz() || path === paths.readyz()) return null
  if (path === paths.live()) return 'live'
  return /^\/(v1|ogc|docs|openapi\.json)(\/|$)/.test(path) ? 'api' : 'web'
}

/**
 * Rejects requests for a role that this process does not have, before any other work: 421, so that the client tries
 * another server.
 */
export function registerRoles(app: FastifyInstance, roles: ReadonlySet<Role>): void {
  if (roles.has('web') && roles.has('api') && roles.has('live')) return
  app.addHook('onRequest', (request, _reply, done) => {
    const [path = ''] = request.url.split('?')
    const role = roleOf(path)
    if (role !== null && !roles.has(role)) {
      throw new DomainError(
        'wrong-server',
        `This server does not have the role \`${role}\`. Send the request to one that does, or add \`${role}\` to KICKSTAND_ROLES.`,
      )
    }
    done()
  })
}
