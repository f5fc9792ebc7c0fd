import {
  LinkAcceptanceSchema,
  LinkInputSchema,
  LinkPasskeyOptionsSchema,
  OneTimeLinkSchema,
  PasskeyOptionsSchema,
  paths,
  SignedInSchema,
  type LinkAcceptance,
  type LinkInput,
  type LinkPasskeyOptions,
} from '@kickstand/contract'
import type { FastifyInstance } from 'fastify'
import { setSessionCookie } from '#http/auth/session-cookie.ts'
import type { NetworkOf } from '#platform/network.ts'
import { ownAccountOfSession, type OwnSessionDeps } from '../people/own-account-of-session.ts'
import { limitSignIns, type SignInLimitDeps } from '../sign-in/limit-sign-ins.ts'
import { acceptLink, type AcceptLinkDeps } from './accept-link.ts'
import { createPasskeyOptions } from './create-passkey-options.ts'
import { readLink } from './read-link.ts'

export type LinkRoutesDeps = AcceptLinkDeps & OwnSessionDeps & SignInLimitDeps & { readonly networkOf: NetworkOf }

const PUBLIC = { access: 'public', sameOriginOnly: true } as const

/**
 * Registers the routes of links for setup, invitations and recovery. The secret is sent in the body, because addresses are
 * logged.
 */
export function registerLinks(app: FastifyInstance, deps: LinkRoutesDeps): void {
  app.post<{ Body: LinkInput }>(paths.linkRead(), {
    config: PUBLIC,
    schema: {
      tags: ['account'],
      summary: 'Read the purpose of a link. This does not use the link up.',
      body: LinkInputSchema,
      response: { 200: OneTimeLinkSchema },
    },
    handler: async (request) => readLink(deps, request.body.secret),
  })

  app.post<{ Body: LinkPasskeyOptions }>(paths.linkPasskeyOptions(), {
    config: PUBLIC,
    schema: {
      tags: ['account'],
      summary: 'Options of navigator.credentials.create for accepting a link with a passkey',
      body: LinkPasskeyOptionsSchema,
      response: { 200: PasskeyOptionsSchema },
    },
    handler: async (request) => createPasskeyOptions(deps, request.body),
  })

  app.post<{ Body: LinkAcceptance }>(paths.linkAccept(), {
    config: PUBLIC,
    schema: {
      tags: ['account'],
      summary:
        'Accept a link with a new password or passkey: creates the account, or replaces the credentials of the one to recover. ' +
        'Sets the cookie of a session. Where the account exists already, sign in and use /v1/account/memberships.',
      body: LinkAcceptanceSchema,
      response: { 200: SignedInSchema },
    },
    onRequest: limitSignIns(deps),
    handler: async (request, reply) => {
      const { headers, id, ip } = request
      const secret = await acceptLink(deps, request.body, {
        origin: { userAgent: headers['user-agent'] ?? '', address: ip },
        language: languageOf(headers['accept-language']),
        request: { id, network: deps.networkOf(ip) },
      })
      // Of the sessions and tokens that a recovery ended.
      deps.sessions.forget()
      const account = await ownAccountOfSession(deps, secret)
      setSessionCookie(request, reply, secret)
      return reply.send({ account })
    },
  })
}

/** The language of the console that a browser prefers. */
function languageOf(header: string | undefined): string {
  return /^\s*de\b/i.test(header ?? '') ? 'de' : 'en'
}
