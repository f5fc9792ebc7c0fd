import { IdentityListSchema, paths, PersonId, ProviderAddressSchema } from '@kickstand/contract'
import { DomainError } from '@kickstand/domain'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import Type from 'typebox'
import type { Engine } from '#db/engine.ts'
import type { Db } from '#db/schema.ts'
import type { SessionFinder } from '#features/accounts/sessions/find-session.ts'
import type { SessionSettings } from '#features/accounts/sessions/session-limits.ts'
import { rejectUnless } from '#http/auth/access.ts'
import { actorOf } from '#http/auth/actor-of-request.ts'
import { accountOf } from '#http/auth/principal.ts'
import { setSessionCookie } from '#http/auth/session-cookie.ts'
import type { Clock } from '#platform/clock.ts'
import type { Config } from '#platform/config.ts'
import type { NewId } from '#platform/ids.ts'
import type { NetworkOf } from '#platform/network.ts'
import { ownOrigin } from '#platform/own-origin.ts'
import { browserSecretOf, setBrowserCookie } from './browser-cookie.ts'
import { connectIdentity, disconnectIdentity } from './connect-identity.ts'
import { createDiscover } from './discover-provider.ts'
import { finishSignIn } from './finish-sign-in.ts'
import { listIdentities } from './list-identities.ts'
import { openAccount } from './open-account.ts'
import { startSignIn, type ProviderDeps } from './start-sign-in.ts'

export type SignOnDeps = {
  readonly db: Db
  readonly engine: Engine
  readonly clock: Clock
  readonly uptime: Clock
  readonly newId: NewId
  readonly networkOf: NetworkOf
  readonly config: Pick<Config, 'publicUrl' | 'port'> & SessionSettings
  readonly sessions: Pick<SessionFinder, 'forget'>
}

const Params = Type.Object({ organisationId: PersonId })
type Params = { Params: { organisationId: string } }

/** Signing in at the identity provider of an organisation (OpenID Connect Core 1.0, authorization code with PKCE). */
export function register(app: FastifyInstance, deps: SignOnDeps): void {
  const provider: ProviderDeps = {
    ...deps,
    discover: createDiscover(deps.uptime),
    callback: ownOrigin(deps.config) + paths.signInProviderCallback(),
  }

  app.get<Params>(paths.signInProvider(':organisationId'), {
    config: { access: 'public' },
    schema: { tags: ['people'], summary: 'Go to the sign-in of an organisation', params: Params },
    handler: async (request, reply) =>
      redirectPerson(reply, async () => {
        const { address, browserSecret } = await startSignIn(provider, request.params.organisationId, null)
        setBrowserCookie(request, reply, browserSecret)
        return address
      }),
  })

  app.get(paths.signInProviderCallback(), {
    config: { access: 'public' },
    schema: {
      tags: ['people'],
      summary: 'Callback of the sign-in of an organisation',
      // Providers may add other parameters.
      querystring: Type.Object({}, { additionalProperties: true }),
    },
    handler: async (request, reply) => redirectPerson(reply, () => finish(request, reply)),
  })

  async function finish(request: FastifyRequest, reply: FastifyReply): Promise<string> {
    const browserSecret = browserSecretOf(request)
    setBrowserCookie(request, reply, '')
    const [, query = ''] = request.url.split(/\?([^]*)/)
    const identified = await finishSignIn(provider, query, browserSecret)
    const { sessionId } = identified
    const origin = { id: request.id, network: deps.networkOf(request.ip) }
    if (sessionId !== null) {
      await connectIdentity(deps, { ...identified, sessionId }, origin)
      return '/console/account'
    }
    const userAgent = request.headers['user-agent'] ?? ''
    const secret = await openAccount(deps, identified, { ...origin, userAgent, address: request.ip })
    setSessionCookie(request, reply, secret)
    return '/console'
  }

  app.get(paths.ownIdentities(), {
    config: { access: 'own-account' },
    schema: {
      tags: ['people'],
      summary: 'Sign-ins of organisations that the account is or can be connected with',
      response: { 200: IdentityListSchema },
    },
    handler: async (request) => listIdentities(deps.db, accountOf(request)),
  })

  app.post<Params>(paths.ownIdentity(':organisationId'), {
    config: { access: 'own-account', needsStepUp: true },
    schema: {
      tags: ['people'],
      summary: 'Connect the account with the sign-in of an organisation: open the address of the answer',
      params: Params,
      response: { 200: ProviderAddressSchema },
    },
    handler: async (request, reply) => {
      const { organisationId } = request.params
      const { sessionId, memberships } = accountOf(request)
      if (!memberships.some((one) => one.organisationId === organisationId)) rejectUnless('other-organisation')
      const { address, browserSecret } = await startSignIn(provider, organisationId, sessionId)
      setBrowserCookie(request, reply, browserSecret)
      return { address }
    },
  })

  app.delete<Params>(paths.ownIdentity(':organisationId'), {
    config: { access: 'own-account', needsStepUp: true },
    schema: {
      tags: ['people'],
      summary: 'Disconnect the account from the sign-in of an organisation',
      params: Params,
      response: { 204: Type.Null() },
    },
    handler: async (request, reply) => {
      const audit = { ...deps, actor: actorOf(request, deps.networkOf) }
      await disconnectIdentity(audit, accountOf(request).accountId, request.params.organisationId)
      deps.sessions.forget()
      return reply.code(204).send(null)
    },
  })
}

/**
 * A person sees the result of these routes in the browser, so they redirect to the console with a reason. The log has the
 * details.
 */
async function redirectPerson(reply: FastifyReply, find: () => Promise<string>): Promise<FastifyReply> {
  try {
    return reply.redirect(await find())
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    const { code, cause } = error
    if (cause instanceof Error)
      reply.log.warn(
        { code, cause: messagesOf(cause), requestId: reply.request.id },
        'the sign-in at an identity provider failed',
      )
    return reply.redirect(`/console/?failed=${code}`)
  }
}

/** Logs only messages, because the errors of openid-client also contain tokens and claims. */
function messagesOf({ message, cause }: Error): string {
  return cause instanceof Error ? `${message}: ${cause.message}` : message
}
