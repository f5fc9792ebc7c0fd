import {
  PasskeyOptionsSchema,
  paths,
  PersonId,
  SessionListSchema,
  StepUpSchema,
  type StepUp,
} from '@kickstand/contract'
import type { FastifyInstance } from 'fastify'
import Type from 'typebox'
import { accountOf } from '#http/auth/principal.ts'
import { setSessionCookie } from '#http/auth/session-cookie.ts'
import { selfOf, type OwnAccountDeps } from '../own-account-deps.ts'
import { countSignIn } from '../sign-in/count-sign-in.ts'
import { limitSignIns } from '../sign-in/limit-sign-ins.ts'
import { endOtherSessions, endOwnSession } from './end-sessions.ts'
import { listSessions } from './list-sessions.ts'
import { stepUp, stepUpOptions } from './step-up.ts'

const NOTHING = { 204: Type.Null() }
const tags = ['account']

/** Registers the routes for signing out, for the list of the person's sessions, and for proofs of identity. */
export function registerSessions(app: FastifyInstance, deps: OwnAccountDeps): void {
  const { networkOf } = deps
  const config = { access: 'own-account' } as const
  const withoutFactor = { ...config, allowedWithoutOwnFactor: true } as const

  app.post(paths.signOut(), {
    config: withoutFactor,
    schema: { tags, summary: 'Sign out: end the session of this request', response: NOTHING },
    handler: async (request, reply) => {
      await endOwnSession(deps, selfOf(request, networkOf), accountOf(request).sessionId)
      setSessionCookie(request, reply, '')
      return reply.code(204).send(null)
    },
  })

  app.get(paths.ownSessions(), {
    config,
    schema: { tags, summary: 'Your sessions, most recently used first', response: { 200: SessionListSchema } },
    handler: (request) => {
      const { accountId, sessionId } = accountOf(request)
      return listSessions(deps, accountId, sessionId)
    },
  })

  app.delete(paths.ownSessions(), {
    config: { ...config, needsStepUp: true },
    schema: { tags, summary: 'End all your other sessions', response: NOTHING },
    handler: async (request, reply) => {
      await endOtherSessions(deps, selfOf(request, networkOf))
      return reply.code(204).send(null)
    },
  })

  app.delete<{ Params: { id: string } }>(paths.ownSession(':id'), {
    config: { ...config, needsStepUp: true },
    schema: { tags, summary: 'End one of your sessions', params: Type.Object({ id: PersonId }), response: NOTHING },
    handler: async (request, reply) => {
      await endOwnSession(deps, selfOf(request, networkOf), request.params.id)
      if (request.params.id === accountOf(request).sessionId) setSessionCookie(request, reply, '')
      return reply.code(204).send(null)
    },
  })

  app.post(paths.stepUpOptions(), {
    config: withoutFactor,
    schema: {
      tags,
      summary: 'Options for navigator.credentials.get to confirm your identity again',
      response: { 200: PasskeyOptionsSchema },
    },
    handler: (request) => stepUpOptions(deps, accountOf(request)),
  })

  app.post<{ Body: StepUp }>(paths.stepUp(), {
    config: withoutFactor,
    schema: {
      tags,
      summary:
        'Confirm your identity again. Changes that require this are then allowed on this session for ten minutes.',
      body: StepUpSchema,
      response: NOTHING,
    },
    onRequest: limitSignIns(deps),
    handler: async (request, reply) => {
      const prove = () => stepUp(deps, selfOf(request, networkOf), request.body, request.ip)
      setSessionCookie(request, reply, await countSignIn(deps.metrics, 'step-up', prove))
      return reply.code(204).send(null)
    },
  })
}
