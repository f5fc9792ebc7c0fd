import {
  AccountListSchema,
  AccountSchema,
  AccountsQuerySchema,
  NewLinkSchema,
  paths,
  PersonId,
  ReasonSchema,
  RolesChangeSchema,
  SessionListSchema,
  SuspensionSchema,
  type AccountsQuery,
  type ReasonInput,
  type RolesChange,
  type Suspension,
} from '@kickstand/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import Type from 'typebox'
import type { Database } from '#db/open-database.ts'
import { actorOf } from '#http/auth/actor-of-request.ts'
import { accountOf, principalOf } from '#http/auth/principal.ts'
import { readIfMatch, versionTag } from '#http/if-match.ts'
import { linkNextPage } from '#http/page-cursor.ts'
import type { Clock } from '#platform/clock.ts'
import type { Config } from '#platform/config.ts'
import type { NewId } from '#platform/ids.ts'
import type { NetworkOf } from '#platform/network.ts'
import { ownOrigin } from '#platform/own-origin.ts'
import { createAccountRecovery } from '../links/create-account-recovery.ts'
import { addressOfLink } from '../links/create-link.ts'
import type { SessionFinder } from '../sessions/find-session.ts'
import { listSessions } from '../sessions/list-sessions.ts'
import type { SessionSettings } from '../sessions/session-limits.ts'
import { accountBody } from './account-body.ts'
import type { AccountRow } from './account-store.ts'
import { changeRoles } from './change-roles.ts'
import { endSessions } from './end-sessions.ts'
import { listAccounts } from './list-accounts.ts'
import type { PeopleDeps } from './people-deps.ts'
import { requireAccount } from './require-account.ts'
import { restoreAccount } from './restore-account.ts'
import { suspendAccount } from './suspend-account.ts'

export type PeopleRoutesDeps = Pick<Database, 'db' | 'engine'> & {
  readonly clock: Clock
  readonly newId: NewId
  readonly networkOf: NetworkOf
  readonly sessions: Pick<SessionFinder, 'forget'>
  readonly config: Pick<Config, 'publicUrl' | 'port'> & SessionSettings
}

const Params = Type.Object({ id: PersonId })
type ById = { Params: { id: string } }

/** Accounts of others, for staff. */
export function register(app: FastifyInstance, deps: PeopleRoutesDeps): void {
  const { db, clock } = deps
  const depsOf = (request: FastifyRequest): PeopleDeps & PeopleRoutesDeps => {
    return { ...deps, actor: actorOf(request, deps.networkOf) }
  }
  async function sendAccount(reply: FastifyReply, account: AccountRow): Promise<FastifyReply> {
    const body = await accountBody(db, account, clock())
    return reply.header('etag', versionTag(body.version)).header('cache-control', 'no-store').send(body)
  }

  app.get<{ Querystring: AccountsQuery }>(paths.accounts(), {
    config: { access: 'accounts:read' },
    schema: {
      tags: ['accounts'],
      summary: 'Accounts, in the order of their e-mail addresses',
      querystring: AccountsQuerySchema,
      response: { 200: AccountListSchema },
    },
    handler: async (request, reply) => {
      const list = await listAccounts(deps, request.query)
      linkNextPage(reply, paths.accounts(), request.query, list.nextCursor)
      return reply.header('cache-control', 'no-store').send(list)
    },
  })

  app.get<ById>(paths.account(':id'), {
    config: { access: 'accounts:read' },
    schema: {
      tags: ['accounts'],
      summary: 'One account; the ETag is its version',
      params: Params,
      response: { 200: AccountSchema },
    },
    handler: async (request, reply) => sendAccount(reply, await requireAccount(db, request.params.id)),
  })

  app.put<ById & { Body: RolesChange }>(paths.accountRoles(':id'), {
    config: { access: 'accounts:write', needsStepUp: true },
    schema: {
      tags: ['accounts'],
      summary:
        'Set the platform roles of an account, with If-Match. People cannot change their own roles, and the last admin cannot lose that role.',
      params: Params,
      body: RolesChangeSchema,
      response: { 200: AccountSchema },
    },
    handler: async (request, reply) => {
      const input = { ...request.body, version: readIfMatch(request) }
      const account = await changeRoles(depsOf(request), accountOf(request), request.params.id, input)
      deps.sessions.forget()
      return sendAccount(reply, account)
    },
  })

  app.put<ById & { Body: Suspension }>(paths.accountSuspension(':id'), {
    config: { access: 'accounts:write', needsStepUp: true },
    schema: {
      tags: ['accounts'],
      summary: 'Suspend an account, or change its suspension. Its sessions end within a second on all servers.',
      params: Params,
      body: SuspensionSchema,
      response: { 200: AccountSchema },
    },
    handler: async (request, reply) => {
      const { reason, until } = request.body
      const input = { reason, until: until === undefined || until === null ? null : Date.parse(until) }
      const account = await suspendAccount(depsOf(request), accountOf(request), request.params.id, input)
      deps.sessions.forget()
      return sendAccount(reply, account)
    },
  })

  app.delete<ById & { Body: ReasonInput }>(paths.accountSuspension(':id'), {
    config: { access: 'accounts:write', needsStepUp: true },
    schema: {
      tags: ['accounts'],
      summary: 'Lift the suspension of an account. Its sessions stay ended.',
      params: Params,
      body: ReasonSchema,
      response: { 200: AccountSchema },
    },
    handler: async (request, reply) => {
      const { reason } = request.body
      const account = await restoreAccount(depsOf(request), accountOf(request), request.params.id, reason)
      deps.sessions.forget()
      return sendAccount(reply, account)
    },
  })

  app.get<ById>(paths.accountSessions(':id'), {
    config: { access: 'accounts:read' },
    schema: {
      tags: ['accounts'],
      summary: 'The open sessions of an account, most recently used first',
      params: Params,
      response: { 200: SessionListSchema },
    },
    handler: async (request, reply) => {
      const { id } = await requireAccount(db, request.params.id)
      reply.header('cache-control', 'no-store')
      const principal = principalOf(request)
      const currentId = principal.kind === 'account' ? principal.sessionId : null
      return listSessions(deps, id, currentId)
    },
  })

  app.delete<ById & { Body: ReasonInput }>(paths.accountSessions(':id'), {
    config: { access: 'accounts:write', needsStepUp: true },
    schema: {
      tags: ['accounts'],
      summary: 'End all sessions of an account, within a second on all servers',
      params: Params,
      body: ReasonSchema,
      response: { 204: Type.Null() },
    },
    handler: async (request, reply) => {
      await endSessions(depsOf(request), accountOf(request), request.params.id, request.body.reason)
      deps.sessions.forget()
      return reply.code(204).send(null)
    },
  })

  app.post<ById & { Body: ReasonInput }>(paths.accountRecovery(':id'), {
    config: { access: 'accounts:write', needsStepUp: true },
    schema: {
      tags: ['accounts'],
      summary:
        'Create a link with which the person sets new credentials. It works once, for a day. Earlier links stop working.',
      params: Params,
      body: ReasonSchema,
      response: { 201: NewLinkSchema },
    },
    handler: async (request, reply) => {
      const { reason } = request.body
      const origin = ownOrigin(deps.config)
      const { secret, expiresAt } = await createAccountRecovery(
        { ...depsOf(request), origin },
        accountOf(request),
        request.params.id,
        reason,
      )
      const link = addressOfLink(origin, 'recovery', secret)
      reply.code(201).header('cache-control', 'no-store')
      return reply.send({ link, expiresAt: new Date(expiresAt).toISOString() })
    },
  })
}
