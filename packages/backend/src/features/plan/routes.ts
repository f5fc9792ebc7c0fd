import { paths, PlanBodySchema, PlanQuerySchema, type PlanQuery } from '@kickstand/contract'
import type { FastifyInstance } from 'fastify'
import type { EstimateReader, ZoneReader, ZoneSearch } from '#read-model/board-types.ts'
import type { Clock } from '#platform/clock.ts'
import { makePlan } from './make-plan.ts'

export type PlanRoutesDeps = { readonly board: ZoneReader & ZoneSearch & EstimateReader; readonly clock: Clock }

/** The parking plan. */
export function register(app: FastifyInstance, deps: PlanRoutesDeps): void {
  app.get<{ Querystring: PlanQuery }>(paths.plan(), {
    config: { access: 'public' },
    schema: {
      tags: ['plan'],
      summary: 'Zones to try in order, with reasons',
      querystring: PlanQuerySchema,
      response: { 200: PlanBodySchema },
    },
    handler(request, reply) {
      void reply.send(makePlan(deps, request.query))
    },
  })
}
