import {
  AuthenticatorConfirmationSchema,
  AuthenticatorSetupSchema,
  NewPasskeySchema,
  NewPasswordSchema,
  PasskeyOptionsSchema,
  PasskeySchema,
  PasswordRemovalSchema,
  paths,
  PersonId,
  RecoveryCodesSchema,
  type AuthenticatorConfirmation,
  type NewPasskey,
  type NewPassword,
  type PasswordRemoval,
} from '@kickstand/contract'
import type { FastifyInstance } from 'fastify'
import Type from 'typebox'
import { accountOf, signInRequired } from '#http/auth/principal.ts'
import { setSessionCookie } from '#http/auth/session-cookie.ts'
import { selfOf, type OwnAccountDeps } from '../own-account-deps.ts'
import { readAccount } from '../people/account-store.ts'
import { limitSignIns } from '../sign-in/limit-sign-ins.ts'
import { addPasskey } from './add-passkey.ts'
import { registrationOptions } from './passkey-registration.ts'
import { removeAuthenticator, removePasskey, removePassword } from './remove-credential.ts'
import { replaceRecoveryCodes } from './replace-recovery-codes.ts'
import { confirmAuthenticator, startAuthenticator } from './set-up-authenticator.ts'
import { setOwnPassword } from './set-password.ts'

const NOTHING = { 204: Type.Null() }
const tags = ['account']

/**
 * Routes with which people change their password, passkeys, authenticator app and recovery codes. Each change renews the
 * session.
 */
export function registerCredentials(app: FastifyInstance, deps: OwnAccountDeps): void {
  const { networkOf } = deps
  const config = { access: 'own-account', needsStepUp: true } as const

  app.put<{ Body: NewPassword }>(paths.ownPassword(), {
    config,
    schema: {
      tags,
      summary: 'Set your password, or change it with the current one. All your other sessions end.',
      body: NewPasswordSchema,
      response: NOTHING,
    },
    onRequest: limitSignIns(deps),
    handler: async (request, reply) => {
      const secret = await setOwnPassword(deps, selfOf(request, networkOf), request.body, request.ip)
      setSessionCookie(request, reply, secret)
      return reply.code(204).send(null)
    },
  })

  app.delete<{ Body: PasswordRemoval }>(paths.ownPassword(), {
    config,
    schema: {
      tags,
      summary: 'Remove your password. Requires the answer of a passkey to the options of a step-up.',
      body: PasswordRemovalSchema,
      response: NOTHING,
    },
    handler: async (request, reply) => {
      setSessionCookie(request, reply, await removePassword(deps, selfOf(request, networkOf), request.body))
      return reply.code(204).send(null)
    },
  })

  app.post(paths.ownPasskeyOptions(), {
    config,
    schema: {
      tags,
      summary: 'Options for navigator.credentials.create to add a passkey. They work once, for five minutes.',
      response: { 200: PasskeyOptionsSchema },
    },
    handler: async (request) => {
      const { accountId } = accountOf(request)
      const account = await readAccount(deps.db, accountId)
      if (account === undefined) throw signInRequired()
      return registrationOptions(deps, accountId, account)
    },
  })

  app.post<{ Body: NewPasskey }>(paths.ownPasskeys(), {
    config,
    schema: { tags, summary: 'Add a passkey', body: NewPasskeySchema, response: { 201: PasskeySchema } },
    handler: async (request, reply) => {
      const { secret, result } = await addPasskey(deps, selfOf(request, networkOf), request.body)
      setSessionCookie(request, reply, secret)
      return reply.code(201).send(result)
    },
  })

  app.delete<{ Params: { id: string } }>(paths.ownPasskey(':id'), {
    config,
    schema: { tags, summary: 'Remove a passkey', params: Type.Object({ id: PersonId }), response: NOTHING },
    handler: async (request, reply) => {
      setSessionCookie(request, reply, await removePasskey(deps, selfOf(request, networkOf), request.params.id))
      return reply.code(204).send(null)
    },
  })

  app.post(paths.ownAuthenticator(), {
    config,
    schema: {
      tags,
      summary: 'Start to set up an authenticator app. Its secret and its recovery codes are shown once.',
      response: { 201: AuthenticatorSetupSchema },
    },
    handler: async (request, reply) => {
      const { secret, result } = await startAuthenticator(deps, selfOf(request, networkOf))
      setSessionCookie(request, reply, secret)
      return reply.code(201).send(result)
    },
  })

  app.post<{ Body: AuthenticatorConfirmation }>(paths.ownAuthenticatorConfirmation(), {
    config,
    schema: {
      tags,
      summary:
        'Turn on the authenticator app with one of its codes and one of the recovery codes, which can still be used later',
      body: AuthenticatorConfirmationSchema,
      response: NOTHING,
    },
    handler: async (request, reply) => {
      setSessionCookie(request, reply, await confirmAuthenticator(deps, selfOf(request, networkOf), request.body))
      return reply.code(204).send(null)
    },
  })

  app.delete(paths.ownAuthenticator(), {
    config,
    schema: { tags, summary: 'Remove the authenticator app and its recovery codes', response: NOTHING },
    handler: async (request, reply) => {
      setSessionCookie(request, reply, await removeAuthenticator(deps, selfOf(request, networkOf)))
      return reply.code(204).send(null)
    },
  })

  app.post(paths.ownRecoveryCodes(), {
    config,
    schema: {
      tags,
      summary: 'Create ten new recovery codes, which are shown once. The earlier codes stop working.',
      response: { 200: RecoveryCodesSchema },
    },
    handler: async (request, reply) => {
      const { secret, result } = await replaceRecoveryCodes(deps, selfOf(request, networkOf))
      setSessionCookie(request, reply, secret)
      return reply.send({ recoveryCodes: result })
    },
  })
}
