import { paths } from '@kickstand/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Engine } from '#db/engine.ts'
import type { Db } from '#db/schema.ts'
import { actorOf } from '#http/auth/actor-of-request.ts'
import { accountOf } from '#http/auth/principal.ts'
import { requireRider } from '#http/auth/rider-of-request.ts'
import type { Limits } from '#http/rate-limit.ts'
import type { Clock } from '#platform/clock.ts'
import type { Config } from '#platform/config.ts'
import type { NewId } from '#platform/ids.ts'
import { callerOf, type NetworkOf } from '#platform/network.ts'
import { registerInbox, type Audience } from './inbox-routes.ts'
import { registerPublic } from './public-routes.ts'
import { registerPush } from './push/push-routes.ts'
import { recipientKey } from './recipient.ts'

export type NotificationRoutesDeps = {
  readonly db: Db
  readonly engine: Engine
  readonly clock: Clock
  readonly newId: NewId
  readonly networkOf: NetworkOf
  readonly limits: Pick<Limits, 'limiter'>
  readonly config: Pick<Config, 'contributionLimit'>
}

const OWN_ONLY = 'Only the device itself can read and change its notifications.'
/** Several people can share an address. */
const ADDRESS_FACTOR = 4

/** Inboxes, settings and push subscriptions of riders and accounts. */
export function register(app: FastifyInstance, deps: NotificationRoutesDeps): void {
  const { contributionLimit } = deps.config
  const addressLimit = deps.limits.limiter('notifications', ADDRESS_FACTOR * contributionLimit, 'address')
  const personLimit = deps.limits.limiter('person-notifications', contributionLimit, 'device or account')

  function limitAddress(request: FastifyRequest, reply: FastifyReply, done: () => void): void {
    addressLimit(callerOf(request.ip), reply)
    done()
  }
  function limitPerson(audience: Audience) {
    return (request: FastifyRequest, reply: FastifyReply, done: () => void): void => {
      addressLimit(callerOf(request.ip), reply)
      personLimit(recipientKey(audience.personOf(request).person), reply)
      done()
    }
  }

  const riders: Audience = {
    access: 'own-rider',
    name: 'this device',
    inbox: paths.myNotifications(),
    read: paths.myNotificationsRead(),
    preferences: paths.myNotificationPreferences(),
    subscriptions: paths.myPushSubscriptions(),
    subscription: paths.myPushSubscription(':id'),
    personOf: (request) => ({ person: { kind: 'rider', id: requireRider(request, OWN_ONLY) }, actor: null }),
  }
  const accounts: Audience = {
    access: 'own-account',
    name: 'your account',
    inbox: paths.ownNotifications(),
    read: paths.ownNotificationsRead(),
    preferences: paths.ownNotificationPreferences(),
    subscriptions: paths.ownPushSubscriptions(),
    subscription: paths.ownPushSubscription(':id'),
    personOf: (request) => ({
      person: { kind: 'account', id: accountOf(request).accountId },
      actor: actorOf(request, deps.networkOf),
    }),
  }
  for (const audience of [riders, accounts]) {
    registerInbox(app, deps, audience, limitPerson(audience))
    registerPush(app, deps, audience, limitPerson(audience))
  }
  registerPublic(app, deps, limitAddress)
}
