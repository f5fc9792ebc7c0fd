import { paths, PushKeySchema } from '@kickstand/contract'
import type { FastifyInstance } from 'fastify'
import Type from 'typebox'
import type { Engine } from '#db/engine.ts'
import type { Db } from '#db/schema.ts'
import type { Clock } from '#platform/clock.ts'
import type { LimitWrite } from './inbox-routes.ts'
import { createPushKeys } from './push/push-keys.ts'
import { createStopKey } from './stop/stop-key.ts'
import { stopNotifications } from './stop/stop-notifications.ts'

/** `List-Unsubscribe=One-Click`, in any of the media types of forms. */
const BODY_LIMIT = 4096
const SecretParams = Type.Object({ secret: Type.String({ maxLength: 200 }) })

/** Registers the routes that need no sign-in: the key for subscriptions, and the addresses that turn a kind off. */
export function registerPublic(
  app: FastifyInstance,
  deps: { readonly db: Db; readonly engine: Engine; readonly clock: Clock },
  limitAddress: LimitWrite,
): void {
  const tags = ['notifications']
  const pushKeys = createPushKeys(deps)
  const stopKey = createStopKey(deps)

  app.get(paths.pushKey(), {
    config: { access: 'public' },
    schema: {
      tags,
      summary: 'The key that a browser needs to subscribe to push messages of this service',
      response: { 200: PushKeySchema },
    },
    handler: async () => ({ publicKey: (await pushKeys()).publicKey }),
  })

  // A separate scope, because all other routes parse JSON bodies. What a mail program sends (RFC 8058) is a form.
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: BODY_LIMIT }, (_request, _body, done) => {
      done(null, null)
    })
    scope.post<{ Params: { secret: string } }>(paths.notificationStop(':secret'), {
      config: { access: 'public' },
      schema: {
        tags,
        summary:
          'Turn off one kind of notification. The address comes with the notification and needs no sign-in; the body is ignored.',
        params: SecretParams,
        response: { 204: Type.Null() },
      },
      onRequest: limitAddress,
      handler: async (request, reply) => {
        await stopNotifications({ ...deps, stopKey }, request.params.secret)
        return reply.code(204).send(null)
      },
    })
  })
}
