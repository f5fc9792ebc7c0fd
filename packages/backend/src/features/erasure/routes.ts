import { Readable } from 'node:stream'
import { paths, RiderExportSchema } from '@kickstand/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import Type from 'typebox'
import { forgetRiderCookie, requireRider } from '#http/auth/rider-of-request.ts'
import type { Limits } from '#http/rate-limit.ts'
import { NO_STORE } from '#platform/cache-rules.ts'
import type { Config } from '#platform/config.ts'
import { callerOf } from '#platform/network.ts'
import { eraseRider, type EraseRiderDeps } from './erase-rider.ts'
import { exportRider } from './export-rider.ts'

export type RiderRoutesDeps = EraseRiderDeps & {
  readonly limits: Pick<Limits, 'limiter'>
  readonly config: Pick<Config, 'contributionLimit'>
}

/** Several riders share an address. */
const ADDRESS_FACTOR = 4

/** What is stored of a rider: they can have it, and have it erased, without an account. */
export function register(app: FastifyInstance, deps: RiderRoutesDeps): void {
  const { contributionLimit } = deps.config
  const addressLimit = deps.limits.limiter('rider-data', ADDRESS_FACTOR * contributionLimit, 'address')
  const riderLimit = deps.limits.limiter('device-data', contributionLimit, 'device')

  function riderOf(request: FastifyRequest, reply: FastifyReply): string {
    addressLimit(callerOf(request.ip), reply)
    const riderId = requireRider(request, 'Only the device of a rider can read or erase what is stored of them.')
    riderLimit(riderId, reply)
    reply.header('cache-control', NO_STORE)
    return riderId
  }

  app.get(paths.myExport(), {
    config: { access: 'own-rider' },
    schema: {
      tags: ['riders'],
      summary: 'Everything that is stored of the rider of this device',
      response: { 200: RiderExportSchema },
    },
    handler: async (request, reply) => {
      const riderId = riderOf(request, reply)
      reply.header('content-type', 'application/json; charset=utf-8')
      reply.header('content-disposition', 'attachment; filename="kickstand-rider.json"')
      return reply.send(Readable.from(exportRider(deps.db, riderId)))
    },
  })

  app.delete(paths.me(), {
    config: { access: 'own-rider' },
    schema: {
      tags: ['riders'],
      summary:
        'Erase the rider of this device. Reports stay as observations of nobody; contributions that no other rider supports, votes, photos and the record are deleted. The same device then starts as a new rider.',
      response: { 204: Type.Null() },
    },
    handler: async (request, reply) => {
      await eraseRider(deps, riderOf(request, reply))
      forgetRiderCookie(request, reply)
      return reply.code(204).send(null)
    },
  })
}
