import {
  NotificationListSchema,
  NotificationPreferencesInputSchema,
  NotificationPreferencesSchema,
  NotificationsQuerySchema,
  NotificationsReadSchema,
  UnreadSchema,
  type NotificationPreferencesInput,
  type NotificationsQuery,
  type NotificationsRead,
} from '@kickstand/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Actor } from '#audit/actor.ts'
import type { Engine } from '#db/engine.ts'
import type { Db } from '#db/schema.ts'
import { linkNextPage } from '#http/page-cursor.ts'
import type { Clock } from '#platform/clock.ts'
import { listNotifications } from './list-notifications.ts'
import { markRead } from './mark-read.ts'
import { savePreferences, showPreferences } from './preferences.ts'
import type { Person } from './recipient.ts'

/** Riders or accounts: the same routes at other addresses. */
export type Audience = {
  readonly access: 'own-rider' | 'own-account'
  /** For the documentation of the API. */
  readonly name: string
  readonly inbox: string
  readonly read: string
  readonly preferences: string
  readonly subscriptions: string
  /** With `:id`. */
  readonly subscription: string
  /** `actor`: null for riders, whose settings are not audited. Throws if the request has no rider or account. */
  readonly personOf: (request: FastifyRequest) => { readonly person: Person; readonly actor: Actor | null }
}

/** Applies the limits of a write. */
export type LimitWrite = (request: FastifyRequest, reply: FastifyReply, done: () => void) => void

type Deps = { readonly db: Db; readonly engine: Engine; readonly clock: Clock }

/** Registers the routes for the inbox and the notification settings of a person. */
export function registerInbox(app: FastifyInstance, deps: Deps, audience: Audience, limitWrite: LimitWrite): void {
  const { access, name, personOf } = audience
  const config = { access }
  const tags = ['notifications']

  app.get<{ Querystring: NotificationsQuery }>(audience.inbox, {
    config,
    schema: {
      tags,
      summary: `Notifications to ${name}, newest first, for 90 days and up to 100 of them`,
      querystring: NotificationsQuerySchema,
      response: { 200: NotificationListSchema },
    },
    handler: async (request, reply) => {
      const body = await listNotifications(deps, personOf(request).person, request.query)
      linkNextPage(reply, audience.inbox, request.query, body.nextCursor)
      return body
    },
  })

  app.post<{ Body: NotificationsRead }>(audience.read, {
    // Who may read the inbox may also mark it as read.
    config: { ...config, allowedWithoutOwnFactor: true },
    schema: {
      tags,
      summary: `Mark notifications to ${name} as read. Push messages about them that wait are not sent.`,
      body: NotificationsReadSchema,
      response: { 200: UnreadSchema },
    },
    onRequest: limitWrite,
    handler: (request) => markRead(deps, personOf(request).person, request.body.upTo),
  })

  app.get(audience.preferences, {
    config,
    schema: { tags, summary: `How ${name} is notified`, response: { 200: NotificationPreferencesSchema } },
    handler: (request) => showPreferences(deps.db, personOf(request).person),
  })

  app.put<{ Body: NotificationPreferencesInput }>(audience.preferences, {
    config,
    schema: {
      tags,
      summary: `Replace the notification settings of ${name}`,
      body: NotificationPreferencesInputSchema,
      response: { 200: NotificationPreferencesSchema },
    },
    onRequest: limitWrite,
    handler: (request) => {
      const { person, actor } = personOf(request)
      return savePreferences({ ...deps, actor }, person, request.body)
    },
  })
}
