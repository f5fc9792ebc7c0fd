import { AppConfigSchema, paths, type AppConfigBody } from '@kickstand/contract'
import type { FastifyInstance } from 'fastify'
import { APP_CONFIG } from '#platform/cache-rules.ts'

/** `GET /v1/app-config`, the first request of the page. */
export function registerAppConfigRoutes(app: FastifyInstance, read: () => Promise<AppConfigBody>): void {
  app.get(paths.appConfig(), {
    schema: {
      tags: ['service'],
      summary: 'Settings of this server that a client needs before it draws a map',
      response: { 200: AppConfigSchema },
    },
    handler: async (_request, reply) => {
      reply.header('cache-control', APP_CONFIG)
      return read()
    },
  })
}
