import { OwnAccountChangesSchema, OwnAccountSchema, paths, type OwnAccountChanges } from '@kickstand/contract'
import type { FastifyInstance } from 'fastify'
import { accountOf } from '#http/auth/principal.ts'
import { readIfMatch, versionTag } from '#http/if-match.ts'
import { selfOf, type OwnAccountDeps } from '../own-account-deps.ts'
import { changeOwnProfile } from './change-own-profile.ts'
import { ownAccountBody } from './own-account-body.ts'

/** The account of the person who has signed in. */
export function registerOwnAccount(app: FastifyInstance, deps: OwnAccountDeps): void {
  const config = { access: 'own-account' } as const

  app.get(paths.ownAccount(), {
    config,
    schema: { tags: ['account'], summary: 'Your account', response: { 200: OwnAccountSchema } },
    handler: async (request, reply) => {
      const body = await ownAccountBody(deps.db, accountOf(request))
      return reply.header('etag', versionTag(body.version)).send(body)
    },
  })

  app.patch<{ Body: OwnAccountChanges }>(paths.ownAccount(), {
    config,
    schema: {
      tags: ['account'],
      summary: 'Change your name or language. Requires If-Match with the ETag of your account.',
      body: OwnAccountChangesSchema,
      response: { 200: OwnAccountSchema },
    },
    handler: async (request, reply) => {
      await changeOwnProfile(deps, selfOf(request, deps.networkOf), request.body, readIfMatch(request))
      const body = await ownAccountBody(deps.db, accountOf(request))
      return reply.header('etag', versionTag(body.version)).send(body)
    },
  })
}
