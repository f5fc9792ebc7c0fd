import { paths, SourcesBodySchema } from '@kickstand/contract'
import type { FastifyInstance } from 'fastify'
import type { Db } from '#db/schema.ts'
import { TERMS } from '#platform/cache-rules.ts'
import type { Metrics } from '#platform/metrics.ts'
import { registerAppConfig, type AppConfigDeps } from './app-config-route.ts'
import { registerFeedMetrics } from './feed-metrics.ts'

export type SourceRoutesDeps = AppConfigDeps & { readonly db: Db; readonly metrics: Pick<Metrics, 'registry'> }

/** The sources of the data, the settings of clients, and the metrics of feeds. */
export function register(app: FastifyInstance, deps: SourceRoutesDeps): void {
  const { sources } = deps
  app.get(paths.sources(), {
    config: { access: 'public' },
    schema: {
      tags: ['zones'],
      summary: 'The sources of the data, with their licences',
      response: { 200: SourcesBodySchema },
    },
    handler: async (_request, reply) => {
      reply.header('cache-control', TERMS)
      return sources.current()
    },
  })

  registerAppConfig(app, deps)
  registerFeedMetrics(deps.metrics.registry, deps)
}
