import { LinkInputSchema, paths, type LinkInput } from '@kickstand/contract'
import type { FastifyInstance } from 'fastify'
import Type from 'typebox'
import type { Database } from '#db/open-database.ts'
import type { Clock } from '#platform/clock.ts'
import type { NetworkOf } from '#platform/network.ts'
import { declineInvitation } from './people/decline-invitation.ts'

type Deps = { readonly database: Database; readonly clock: Clock; readonly networkOf: NetworkOf }

/** What people of the predecessor can do without an account. */
export function register(app: FastifyInstance, deps: Deps): void {
  app.post<{ Body: LinkInput }>(paths.linkDecline(), {
    config: { access: 'public', sameOriginOnly: true },
    schema: {
      tags: ['account'],
      summary:
        'Decline to take over an account of the predecessor, with the link in the invitation: its data is erased. A repetition has no effect.',
      body: LinkInputSchema,
      response: { 204: Type.Null() },
    },
    handler: async (request, reply) => {
      const origin = { id: request.id, network: deps.networkOf(request.ip) }
      await declineInvitation(deps, request.body.secret, origin)
      return reply.code(204).send(null)
    },
  })
}
