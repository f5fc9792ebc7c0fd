import {
  NewTokenSchema,
  paths,
  PersonId,
  TokenInputSchema,
  TokenListSchema,
  TokenRollSchema,
  type TokenInput,
  type TokenRoll,
} from '@kickstand/contract'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import Type from 'typebox'
import type { Database } from '#db/open-database.ts'
import { actorOf } from '#http/auth/actor-of-request.ts'
import { accountOf } from '#http/auth/principal.ts'
import type { Clock } from '#platform/clock.ts'
import type { NetworkOf } from '#platform/network.ts'
import { createToken, type TokenDeps } from './create-token.ts'
import type { TokenFinder } from './find-token.ts'
import { listTokens } from './list-tokens.ts'
import { revokeToken } from './revoke-token.ts'
import { rollToken } from './roll-token.ts'

export type TokenRoutesDeps = Pick<Database, 'db' | 'engine'> & {
  readonly clock: Clock
  readonly networkOf: NetworkOf
  readonly tokens: Pick<TokenFinder, 'forget'>
}

type OfOrganisation = { Params: { organisationId: string } }
type OfToken = { Params: { organisationId: string; id: string } }

const OrganisationParams = Type.Object({ organisationId: PersonId })
const TokenParams = Type.Object({ organisationId: PersonId, id: PersonId })

/** Tokens of an organisation. */
export function register(app: FastifyInstance, deps: TokenRoutesDeps): void {
  const depsOf = (request: FastifyRequest): TokenDeps => ({ ...deps, actor: actorOf(request, deps.networkOf) })

  app.get<OfOrganisation>(paths.tokens(':organisationId'), {
    config: { access: 'tokens:read' },
    schema: {
      tags: ['tokens'],
      summary: 'The tokens of an organisation, newest first, without their secret texts',
      params: OrganisationParams,
      response: { 200: TokenListSchema },
    },
    handler: async ({ params }) => ({ tokens: await listTokens(deps, params.organisationId) }),
  })

  app.post<OfOrganisation & { Body: TokenInput }>(paths.tokens(':organisationId'), {
    config: { access: 'tokens:write', needsStepUp: true },
    schema: {
      tags: ['tokens'],
      summary:
        'Create an API token. Its text is shown only in this response. The scopes cannot exceed the permissions of the account that creates it',
      params: OrganisationParams,
      body: TokenInputSchema,
      response: { 201: NewTokenSchema },
    },
    handler: async (request, reply) => {
      const { name, scopes, networks = [], expiresAt = null } = request.body
      const { id, token } = await createToken(depsOf(request), {
        name,
        scopes,
        networks,
        organisationId: request.params.organisationId,
        feedId: null,
        creator: accountOf(request),
        expiresAt: expiresAt === null ? null : Date.parse(expiresAt),
      })
      return reply.code(201).send({ id, token })
    },
  })

  app.post<OfToken & { Body: TokenRoll }>(paths.tokenRoll(':organisationId', ':id'), {
    config: { access: 'tokens:write', needsStepUp: true },
    schema: {
      tags: ['tokens'],
      summary:
        'Replace a token. The old token works until the overlap ends. The new text is shown only in this response.',
      params: TokenParams,
      body: TokenRollSchema,
      response: { 201: NewTokenSchema },
    },
    handler: async (request, reply) => {
      const { organisationId, id } = request.params
      const roll = { id, organisationId, overlap: request.body.overlap, roller: accountOf(request) }
      const created = await rollToken(depsOf(request), roll)
      deps.tokens.forget()
      return reply.code(201).send(created)
    },
  })

  app.delete<OfToken>(paths.token(':organisationId', ':id'), {
    config: { access: 'tokens:write', needsStepUp: true },
    schema: {
      tags: ['tokens'],
      summary: 'Revoke a token at once',
      params: TokenParams,
      response: { 204: Type.Null() },
    },
    handler: async (request, reply) => {
      const { organisationId, id } = request.params
      await revokeToken(depsOf(request), id, { organisationId, revoker: accountOf(request) })
      deps.tokens.forget()
      return reply.code(204).send(null)
    },
  })
}
