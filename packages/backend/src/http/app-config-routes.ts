import { AppConfigSchema, paths, type AppConfigBody } from '@kickstand/contract'
import type { FastifyInstance } from 'fastify'
import { APP_CONFIG } from '#platform/cache-rules.ts'

/** What the page asks first. */
export function registerAppConfigRoutes(app: FastifyInstance, read: () => Promise<AppConfigBody>): void {
  app.get(paths.appConfig(), {
    schema: {
      tags: ['service'],
      summary: 'What the page needs to know before it draws',
      response: { 200: AppConfigSchema },
    },
    handler: async (_request, reply) => {
      reply.header('cache-control', APP_CONFIG)
      return read()
    },
  })
}
