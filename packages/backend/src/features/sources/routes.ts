import { paths, SourcesBodySchema } from '@kickstand/contract'
import type { FastifyInstance } from 'fastify'
import { TERMS } from '#platform/cache-rules.ts'
import type { SourceCache } from './source-cache.ts'

export function registerSourceRoutes(app: FastifyInstance, { sources }: { readonly sources: SourceCache }): void {
  app.get(paths.sources(), {
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
}
