import {
  FiguresQuerySchema,
  FiguresSchema,
  PAGE_FIGURES_PATH,
  PageFiguresSchema,
  paths,
  type PageFigures,
} from '@kickstand/contract'
import type { FiguresQuery } from '@kickstand/contract'
import type { FastifyInstance } from 'fastify'
import Type from 'typebox'
import type { Db } from '#db/schema.ts'
import { callerOf } from '#platform/network.ts'
import type { Limits } from '#http/rate-limit.ts'
import type { MinuteFigures } from '#platform/minute-figures.ts'
import { readFigures } from './read-figures.ts'

type Deps = {
  readonly db: Db
  readonly figures: MinuteFigures
  readonly limits: Pick<Limits, 'limiter'>
}

/** A page sends its figures once, when it is hidden. */
const MAX_PAGE_FIGURES_PER_MINUTE = 60

/** Registers the routes for the per-minute figures and for the figures that pages measure. */
export function register(app: FastifyInstance, { db, figures, limits }: Deps): void {
  const pageLimit = limits.limiter('page-figures', MAX_PAGE_FIGURES_PER_MINUTE, 'address')
  app.get<{ Querystring: FiguresQuery }>(paths.monitoringFigures(), {
    config: { access: 'monitoring:read' },
    schema: {
      tags: ['monitoring'],
      summary: 'Figures of all servers by minute or longer: requests, jobs, pages, gauges',
      querystring: FiguresQuerySchema,
      response: { 200: FiguresSchema },
    },
    handler: async ({ query }) => ({
      figures: await readFigures(db, {
        from: Date.parse(query.from),
        to: Date.parse(query.to),
        stepMinutes: query.stepMinutes ?? 1,
        kind: query.kind ?? null,
      }),
    }),
  })

  app.post<{ Body: PageFigures }>(PAGE_FIGURES_PATH, {
    config: { access: 'public', endsInTime: true },
    schema: {
      tags: ['monitoring'],
      summary: 'Store the figures that a page has measured: errors and web vitals, without identity',
      body: PageFiguresSchema,
      response: { 204: Type.Null() },
    },
    async onRequest(request, reply) {
      pageLimit(callerOf(request.ip), reply)
    },
    handler: async ({ body }, reply) => {
      for (let i = 0; i < (body.errors ?? 0); i += 1) figures.countPageError(body.app)
      for (const [name, value] of Object.entries(body.vitals ?? {})) figures.countVital(`${body.app}-${name}`, value)
      return reply.code(204).send(null)
    },
  })
}
