import {
  MemberListSchema,
  MemberRoleSchema,
  MembersQuerySchema,
  NewLinkSchema,
  paths,
  ReasonSchema,
  type MemberRole,
  type MembersQuery,
  type ReasonInput,
} from '@kickstand/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import Type from 'typebox'
import { addressOfLink } from '#features/accounts/links/create-link.ts'
import { createMemberRecovery } from '#features/accounts/links/create-member-recovery.ts'
import { changeMemberRole } from '#features/accounts/people/change-member-role.ts'
import { listMembers } from '#features/accounts/people/list-members.ts'
import { removeMember } from '#features/accounts/people/remove-member.ts'
import { setSessionCookie } from '#http/auth/session-cookie.ts'
import { linkNextPage } from '#http/page-cursor.ts'
import { ownOrigin } from '#platform/own-origin.ts'
import { toTimestamp } from '#read-model/availability-json.ts'
import {
  MemberParams,
  OrganisationParams,
  rightsDepsOf,
  type ByMember,
  type ByOrganisation,
  type OrganisationRoutesDeps,
} from './organisation-request.ts'
import { requireOrganisation } from './show-organisation.ts'

/** Members of an organisation. */
export function registerMembers(app: FastifyInstance, deps: OrganisationRoutesDeps): void {
  /** The rights of a member have changed. `secret`: the new secret of the session if people changed their own rights. */
  function sendChanged(request: FastifyRequest, reply: FastifyReply, secret: string | null): FastifyReply {
    deps.sessions.forget()
    if (secret !== null) setSessionCookie(request, reply, secret)
    return reply.code(204).send(null)
  }

  app.get<ByOrganisation & { Querystring: MembersQuery }>(paths.members(':organisationId'), {
    config: { access: 'members:read' },
    schema: {
      tags: ['organisations'],
      summary: 'The members of an organisation, by name',
      params: OrganisationParams,
      querystring: MembersQuerySchema,
      response: { 200: MemberListSchema },
    },
    handler: async (request, reply) => {
      const { id } = await requireOrganisation(deps.db, request.params.organisationId)
      const list = await listMembers(deps, id, request.query)
      linkNextPage(reply, paths.members(id), request.query, list.nextCursor)
      return reply.send(list)
    },
  })

  app.put<ByMember & { Body: MemberRole }>(paths.member(':organisationId', ':accountId'), {
    config: { access: 'members:write', needsStepUp: true },
    schema: {
      tags: ['organisations'],
      summary: 'Change the role of a member',
      params: MemberParams,
      body: MemberRoleSchema,
      response: { 204: Type.Null() },
    },
    handler: async (request, reply) => {
      const { params, body } = request
      await requireOrganisation(deps.db, params.organisationId)
      return sendChanged(request, reply, await changeMemberRole(rightsDepsOf(deps, request), params, body))
    },
  })

  app.delete<ByMember & { Body: ReasonInput }>(paths.member(':organisationId', ':accountId'), {
    config: { access: 'members:write', needsStepUp: true },
    schema: {
      tags: ['organisations'],
      summary: 'Remove a member; their account stays',
      params: MemberParams,
      body: ReasonSchema,
      response: { 204: Type.Null() },
    },
    handler: async (request, reply) => {
      const { params, body } = request
      await requireOrganisation(deps.db, params.organisationId)
      return sendChanged(request, reply, await removeMember(rightsDepsOf(deps, request), params, body))
    },
  })

  app.post<ByMember & { Body: ReasonInput }>(paths.memberRecovery(':organisationId', ':accountId'), {
    config: { access: 'members:write', needsStepUp: true },
    schema: {
      tags: ['organisations'],
      summary:
        'Create a link with which a member sets a new password or passkey within a day. Only for members without rights elsewhere.',
      params: MemberParams,
      body: ReasonSchema,
      response: { 201: NewLinkSchema },
    },
    handler: async (request, reply) => {
      const { params, body } = request
      const organisation = await requireOrganisation(deps.db, params.organisationId)
      const by = rightsDepsOf(deps, request)
      const { secret, expiresAt } = await createMemberRecovery(by, organisation, params.accountId, body.reason)
      const link = addressOfLink(ownOrigin(deps.config), 'recovery', secret)
      return reply.code(201).send({ link, expiresAt: toTimestamp(expiresAt) })
    },
  })
}
