import { LinkInputSchema, paths, PersonId, SignedInSchema, type LinkInput } from '@kickstand/contract'
import type { FastifyInstance } from 'fastify'
import Type from 'typebox'
import type { Engine } from '#db/engine.ts'
import { actorOf } from '#http/auth/actor-of-request.ts'
import { accountOf } from '#http/auth/principal.ts'
import { setSessionCookie } from '#http/auth/session-cookie.ts'
import type { Clock } from '#platform/clock.ts'
import type { NetworkOf } from '#platform/network.ts'
import { joinByLink } from '../links/join-by-link.ts'
import { ownAccountOfSession, type OwnSessionDeps } from './own-account-of-session.ts'
import { leaveOrganisation } from './remove-member.ts'

export type MembershipRoutesDeps = OwnSessionDeps & {
  readonly clock: Clock
  readonly engine: Engine
  readonly networkOf: NetworkOf
}

const OrganisationParams = Type.Object({ organisationId: PersonId })

/** Memberships of the person who has signed in. */
export function registerMemberships(app: FastifyInstance, deps: MembershipRoutesDeps): void {
  app.post<{ Body: LinkInput }>(paths.ownMemberships(), {
    config: { access: 'own-account' },
    schema: {
      tags: ['account'],
      summary: 'Accept an invitation to your e-mail address. Renews the session.',
      body: LinkInputSchema,
      response: { 200: SignedInSchema },
    },
    handler: async (request, reply) => {
      const by = { ...deps, actor: actorOf(request, deps.networkOf) }
      const secret = await joinByLink(by, accountOf(request), request.body.secret)
      deps.sessions.forget()
      setSessionCookie(request, reply, secret)
      return reply.send({ account: await ownAccountOfSession(deps, secret) })
    },
  })

  app.delete<{ Params: { organisationId: string } }>(paths.ownMembership(':organisationId'), {
    config: { access: 'own-account' },
    schema: {
      tags: ['account'],
      summary: 'Leave an organisation. Its only owner cannot. Renews the session.',
      params: OrganisationParams,
      response: { 204: Type.Null() },
    },
    handler: async (request, reply) => {
      const by = { ...deps, actor: actorOf(request, deps.networkOf), principal: accountOf(request) }
      const secret = await leaveOrganisation(by, request.params.organisationId)
      deps.sessions.forget()
      if (secret !== null) setSessionCookie(request, reply, secret)
      return reply.code(204).send(null)
    },
  })
}
