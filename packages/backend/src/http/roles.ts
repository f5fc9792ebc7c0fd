import { DomainError } from '@kickstand/domain'
import type { FastifyInstance } from 'fastify'
import { paths } from '@kickstand/contract'
import type { Role } from '#platform/setting-kinds.ts'

const DOES: Readonly<Record<Role, string>> = {
  web: 'the page',
  api: 'the API',
  live: 'live streams',
  jobs: 'what is done again and again',
}

/** Which role answers an address; null where every server does. */
function roleOf(path: string): Role | null {
  if (path === paths.healthz() || path === paths.readyz()) return null
  if (path === paths.live()) return 'live'
  return /^\/(v1|ogc|docs|openapi\.json)(\/|$)/.test(path) ? 'api' : 'web'
}

/** Refuses what this server is not there for, before anything else is done with it: 421, so that whoever asks turns elsewhere. */
export function registerRoles(app: FastifyInstance, roles: ReadonlySet<Role>): void {
  if (roles.has('web') && roles.has('api') && roles.has('live')) return
  app.addHook('onRequest', (request, _reply, done) => {
    const [path = ''] = request.url.split('?')
    const role = roleOf(path)
    if (role !== null && !roles.has(role)) {
      const has = [...roles].map((one) => DOES[one]).join(', ')
      throw new DomainError(
        'wrong-server',
        `This server is there for ${has}, not for ${DOES[role]}. Ask one that is, or add ${role} to KICKSTAND_ROLES here.`,
      )
    }
    done()
  })
}
