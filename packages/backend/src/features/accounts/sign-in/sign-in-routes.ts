import {
  PasskeyAnswerSchema,
  PasskeyOptionsSchema,
  PasswordSignInSchema,
  paths,
  SignedInSchema,
  type PasskeyAnswer,
  type PasswordSignIn,
  type SignedInBody,
} from '@kickstand/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { setSessionCookie } from '#http/auth/session-cookie.ts'
import { assertionOptions } from '../credentials/assertions.ts'
import type { OwnAccountDeps } from '../own-account-deps.ts'
import { ownAccountBody } from '../people/own-account-body.ts'
import { countSignIn } from './count-sign-in.ts'
import { limitSignIns } from './limit-sign-ins.ts'
import { SIGN_IN_USE, signInWithPasskey } from './sign-in-with-passkey.ts'
import { signInWithPassword } from './sign-in-with-password.ts'
import type { SignedIn, SignInRequest } from './start-session.ts'

/** Registers the routes for signing in. They ignore session cookies and always create a new session (no session fixation). */
export function registerSignIn(app: FastifyInstance, deps: OwnAccountDeps): void {
  const onRequest = limitSignIns(deps)
  const config = { access: 'public', sameOriginOnly: true } as const

  function originOf(request: FastifyRequest): SignInRequest {
    return {
      userAgent: request.headers['user-agent'] ?? '',
      address: request.ip,
      id: request.id,
      network: deps.networkOf(request.ip),
    }
  }

  async function answer(request: FastifyRequest, reply: FastifyReply, signedIn: SignedIn): Promise<SignedInBody> {
    setSessionCookie(request, reply, signedIn.secret)
    return { account: await ownAccountBody(deps.db, signedIn.principal) }
  }

  app.post<{ Body: PasswordSignIn }>(paths.signInPassword(), {
    config,
    schema: {
      tags: ['account'],
      summary:
        'Sign in with a password. 403 second-factor-required: send it again with the code of the authenticator app, or a recovery code.',
      body: PasswordSignInSchema,
      response: { 200: SignedInSchema },
    },
    onRequest,
    handler: async (request, reply) => {
      const signIn = () => signInWithPassword(deps, request.body, originOf(request))
      return answer(request, reply, await countSignIn(deps.metrics, 'password', signIn))
    },
  })

  app.post(paths.signInPasskeyOptions(), {
    config,
    schema: {
      tags: ['account'],
      summary:
        'What to call navigator.credentials.get with, to sign in with a passkey. It works once, for five minutes.',
      response: { 200: PasskeyOptionsSchema },
    },
    onRequest,
    handler: () => assertionOptions(deps, SIGN_IN_USE),
  })

  app.post<{ Body: PasskeyAnswer }>(paths.signInPasskey(), {
    config,
    schema: {
      tags: ['account'],
      summary: 'Sign in with a passkey',
      body: PasskeyAnswerSchema,
      response: { 200: SignedInSchema },
    },
    onRequest,
    handler: async (request, reply) => {
      const signIn = () => signInWithPasskey(deps, request.body, originOf(request))
      return answer(request, reply, await countSignIn(deps.metrics, 'passkey', signIn))
    },
  })
}
