import {
  PersonId,
  PushSubscriptionInputSchema,
  PushSubscriptionSchema,
  type PushSubscriptionInput,
} from '@kickstand/contract'
import type { FastifyInstance } from 'fastify'
import Type from 'typebox'
import type { Audience, LimitWrite } from '../inbox-routes.ts'
import { subscribe, unsubscribe, type SubscribeDeps } from './subscribe.ts'

const SubscriptionParams = Type.Object({ id: PersonId })

/** Registers the routes for the browsers that receive push messages to a person. */
export function registerPush(
  app: FastifyInstance,
  deps: Omit<SubscribeDeps, 'actor'>,
  { access, name, subscriptions, subscription, personOf }: Audience,
  limitWrite: LimitWrite,
): void {
  const tags = ['notifications']

  app.post<{ Body: PushSubscriptionInput }>(subscriptions, {
    config: { access },
    schema: {
      tags,
      summary: `Send push messages to ${name} to this browser. The body is PushSubscription.toJSON(). A person can subscribe at most ten browsers. A further one replaces the oldest.`,
      body: PushSubscriptionInputSchema,
      response: { 201: PushSubscriptionSchema },
    },
    onRequest: limitWrite,
    handler: async (request, reply) => {
      const { person, actor } = personOf(request)
      return reply.code(201).send(await subscribe({ ...deps, actor }, person, request.body))
    },
  })

  app.delete<{ Params: { id: string } }>(subscription, {
    config: { access },
    schema: {
      tags,
      summary: `Stop sending push messages to ${name} to a browser`,
      params: SubscriptionParams,
      response: { 204: Type.Null() },
    },
    onRequest: limitWrite,
    handler: async (request, reply) => {
      const { person, actor } = personOf(request)
      await unsubscribe({ ...deps, actor }, person, request.params.id)
      return reply.code(204).send(null)
    },
  })
}
