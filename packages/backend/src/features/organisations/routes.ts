import {
  OrganisationInputSchema,
  OrganisationListSchema,
  OrganisationSchema,
  OrganisationsQuerySchema,
  paths,
  type OrganisationInput,
  type OrganisationsQuery,
} from '@kickstand/contract'
import { organisationsWith } from '@kickstand/domain'
import type { FastifyInstance } from 'fastify'
import { actorOf } from '#http/auth/actor-of-request.ts'
import { accountOrNull, principalOf } from '#http/auth/principal.ts'
import { readIfMatch, versionTag } from '#http/if-match.ts'
import { linkNextPage } from '#http/page-cursor.ts'
import { createOrganisation } from './create-organisation.ts'
import { registerInvitations } from './invitation-routes.ts'
import { listOrganisations } from './list-organisations.ts'
import { registerMembers } from './member-routes.ts'
import {
  OrganisationParams,
  rightsDepsOf,
  type ByOrganisation,
  type OrganisationRoutesDeps,
} from './organisation-request.ts'
import { renameOrganisation } from './rename-organisation.ts'
import { showOrganisation } from './show-organisation.ts'

/** Organisations with their members and invitations. */
export function register(app: FastifyInstance, deps: OrganisationRoutesDeps): void {
  app.get<{ Querystring: OrganisationsQuery }>(paths.organisations(), {
    config: { access: 'organisations:read' },
    schema: {
      tags: ['organisations'],
      summary: 'The organisations that you may see, by name',
      querystring: OrganisationsQuerySchema,
      response: { 200: OrganisationListSchema },
    },
    handler: async (request, reply) => {
      const ids = organisationsWith(principalOf(request), 'organisations:read')
      const list = await listOrganisations(deps, ids, request.query)
      linkNextPage(reply, paths.organisations(), request.query, list.nextCursor)
      return reply.send(list)
    },
  })

  app.post<{ Body: OrganisationInput }>(paths.organisations(), {
    config: { access: 'organisations:create' },
    schema: {
      tags: ['organisations'],
      summary: 'Create an organisation; then invite its owner',
      body: OrganisationInputSchema,
      response: { 201: OrganisationSchema },
    },
    handler: async (request, reply) => {
      const organisation = await createOrganisation({ ...rightsDepsOf(deps, request), newId: deps.newId }, request.body)
      return reply.code(201).header('etag', versionTag(organisation.version)).send(organisation)
    },
  })

  app.get<ByOrganisation>(paths.organisation(':organisationId'), {
    config: { access: 'organisations:read' },
    schema: {
      tags: ['organisations'],
      summary: 'One organisation',
      params: OrganisationParams,
      response: { 200: OrganisationSchema },
    },
    handler: async (request, reply) => {
      const organisation = await showOrganisation(deps, request.params.organisationId)
      return reply.header('etag', versionTag(organisation.version)).send(organisation)
    },
  })

  app.patch<ByOrganisation & { Body: OrganisationInput }>(paths.organisation(':organisationId'), {
    config: { access: 'organisations:write' },
    schema: {
      tags: ['organisations'],
      summary: 'Rename an organisation. If-Match: its ETag',
      params: OrganisationParams,
      body: OrganisationInputSchema,
      response: { 200: OrganisationSchema },
    },
    handler: async (request, reply) => {
      // A token may rename too. Its scopes were read when the body had arrived.
      const by = { ...deps, actor: actorOf(request, deps.networkOf), principal: accountOrNull(request) }
      const version = readIfMatch(request)
      const organisation = await renameOrganisation(by, request.params.organisationId, request.body, version)
      return reply.header('etag', versionTag(organisation.version)).send(organisation)
    },
  })

  registerMembers(app, deps)
  registerInvitations(app, deps)
}
