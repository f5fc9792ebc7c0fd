import {
  InvitationListSchema,
  MemberInvitationInputSchema,
  NewInvitationSchema,
  paths,
  type MemberInvitationInput,
} from '@kickstand/contract'
import type { FastifyInstance } from 'fastify'
import Type from 'typebox'
import { addressOfLink } from '#features/accounts/links/create-link.ts'
import { createMemberInvitation } from '#features/accounts/links/create-member-invitation.ts'
import { listMemberInvitations, revokeMemberInvitation } from '#features/accounts/links/member-invitations.ts'
import { ownOrigin } from '#platform/own-origin.ts'
import {
  InvitationParams,
  OrganisationParams,
  rightsDepsOf,
  type ByInvitation,
  type ByOrganisation,
  type OrganisationRoutesDeps,
} from './organisation-request.ts'
import { requireOrganisation } from './show-organisation.ts'

/** Invitations to an organisation. */
export function registerInvitations(app: FastifyInstance, deps: OrganisationRoutesDeps): void {
  app.get<ByOrganisation>(paths.memberInvitations(':organisationId'), {
    config: { access: 'members:read' },
    schema: {
      tags: ['organisations'],
      summary: 'The invitations to an organisation of the last 90 days, newest first, at most 500',
      params: OrganisationParams,
      response: { 200: InvitationListSchema },
    },
    handler: async (request) => {
      const { id } = await requireOrganisation(deps.db, request.params.organisationId)
      return listMemberInvitations(deps, id)
    },
  })

  app.post<ByOrganisation & { Body: MemberInvitationInput }>(paths.memberInvitations(':organisationId'), {
    config: { access: 'members:write', needsStepUp: true },
    schema: {
      tags: ['organisations'],
      summary:
        'Invite a person with a link that works once, for seven days; it is shown only here. An earlier invitation to the address ends.',
      params: OrganisationParams,
      body: MemberInvitationInputSchema,
      response: { 201: NewInvitationSchema },
    },
    handler: async (request, reply) => {
      const { params, body } = request
      const organisation = await requireOrganisation(deps.db, params.organisationId)
      const { invitation, secret } = await createMemberInvitation(rightsDepsOf(deps, request), organisation, body)
      const link = addressOfLink(ownOrigin(deps.config), 'invitation', secret)
      return reply.code(201).send({ invitation, link })
    },
  })

  app.delete<ByInvitation>(paths.memberInvitation(':organisationId', ':id'), {
    config: { access: 'members:write', needsStepUp: true },
    schema: {
      tags: ['organisations'],
      summary: 'Revoke an invitation',
      params: InvitationParams,
      response: { 204: Type.Null() },
    },
    handler: async (request, reply) => {
      const { organisationId, id } = request.params
      await revokeMemberInvitation(rightsDepsOf(deps, request), organisationId, id)
      return reply.code(204).send(null)
    },
  })
}
