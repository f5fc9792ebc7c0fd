import {
  InvitationListSchema,
  NewInvitationSchema,
  paths,
  PersonId,
  PlatformInvitationInputSchema,
  type PlatformInvitationInput,
} from '@kickstand/contract'
import type { FastifyInstance } from 'fastify'
import Type from 'typebox'
import { actorOf } from '#http/auth/actor-of-request.ts'
import { accountOf } from '#http/auth/principal.ts'
import { ownOrigin } from '#platform/own-origin.ts'
import { addressOfLink } from './create-link.ts'
import type { PeopleRoutesDeps } from '../people/people-routes.ts'
import { createPlatformInvitation } from './create-platform-invitation.ts'
import { listPlatformInvitations, revokePlatformInvitation } from './platform-invitations.ts'

/** Invitations to platform roles. */
export function register(app: FastifyInstance, deps: PeopleRoutesDeps): void {
  app.get(paths.invitations(), {
    config: { access: 'accounts:read' },
    schema: {
      tags: ['accounts'],
      summary: 'Invitations to platform roles of the last 90 days, newest first',
      response: { 200: InvitationListSchema },
    },
    handler: async (_request, reply) => {
      reply.header('cache-control', 'no-store')
      return listPlatformInvitations(deps)
    },
  })

  app.post<{ Body: PlatformInvitationInput }>(paths.invitations(), {
    config: { access: 'accounts:write', needsStepUp: true },
    schema: {
      tags: ['accounts'],
      summary:
        'Invite a person to a platform role. The link is shown only in this response. It works once, for seven days.',
      body: PlatformInvitationInputSchema,
      response: { 201: NewInvitationSchema },
    },
    handler: async (request, reply) => {
      const actor = actorOf(request, deps.networkOf)
      const origin = ownOrigin(deps.config)
      const created = await createPlatformInvitation({ ...deps, actor, origin }, accountOf(request), request.body)
      const { id, email, role, createdAt, expiresAt } = created
      reply.code(201).header('cache-control', 'no-store')
      return reply.send({
        invitation: { id, email, role, state: 'waiting', createdAt: toText(createdAt), expiresAt: toText(expiresAt) },
        link: addressOfLink(origin, 'invitation', created.secret),
      })
    },
  })

  app.delete<{ Params: { id: string } }>(paths.invitation(':id'), {
    config: { access: 'accounts:write', needsStepUp: true },
    schema: {
      tags: ['accounts'],
      summary: 'Revoke an open invitation to a platform role',
      params: Type.Object({ id: PersonId }),
      response: { 204: Type.Null() },
    },
    handler: async (request, reply) => {
      const actor = actorOf(request, deps.networkOf)
      await revokePlatformInvitation({ ...deps, actor }, accountOf(request), request.params.id)
      return reply.code(204).send(null)
    },
  })
}

const toText = (time: number): string => new Date(time).toISOString()
