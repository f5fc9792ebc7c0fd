import { ForecastSchema, paths, ZoneId } from '@kickstand/contract'
import type { FastifyInstance } from 'fastify'
import Type from 'typebox'
import type { EstimateReader, ZoneReader } from '#read-model/board-types.ts'
import type { OptionalRead } from '#db/optional-read.ts'
import type { Db } from '#db/schema.ts'
import type { Clock } from '#platform/clock.ts'
import { FIGURES } from '#platform/cache-rules.ts'
import { showForecast } from './show-forecast.ts'

type ForecastRoutesDeps = { board: ZoneReader & EstimateReader; db: Db; clock: Clock; readOptional: OptionalRead }

/** The forecast of a zone. */
export function register(app: FastifyInstance, deps: ForecastRoutesDeps): void {
  app.get<{ Params: { id: string } }>(paths.zoneForecast(':id'), {
    config: { access: 'public' },
    schema: {
      tags: ['zones'],
      summary: 'Forecast of a zone for the next 24 hours, with the observations of the last 6 hours',
      params: Type.Object({ id: ZoneId }),
      querystring: Type.Object({}, { additionalProperties: false }),
      response: { 200: ForecastSchema },
    },
    handler: async (request, reply) => {
      const forecast = await showForecast(deps, request.params.id)
      return reply.header('cache-control', FIGURES).send(forecast)
    },
  })
}
