import { DomainError } from '@kickstand/domain'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { TERMS } from '#platform/cache-rules.ts'
import { sendNotFound } from './problems.ts'

/** All that the page loads is here; over plain http too, and without a word to anybody else. */
const CONTENT_SECURITY = [
  "default-src 'self'",
  "img-src 'self' data:",
  "style-src 'self' 'unsafe-inline'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

/** `/openapi.json` (OpenAPI 3.1, from the schemas that requests are checked with) and `/docs` to browse it. Before routes. */
export async function registerOpenApi(app: FastifyInstance, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Kickstand',
        version,
        description:
          'The live map of motorbike parking. Positions in degrees WGS84, distances in metres, durations in seconds, times RFC 3339 in UTC. Refusals are problem+json (RFC 9457) with a stable `code`.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      tags: [
        { name: 'zones', description: 'Where motorcycles may park' },
        { name: 'open data', description: 'All zones to take along, with licence and attribution' },
        { name: 'plan', description: 'What to try first, then' },
        { name: 'reports', description: 'What riders see' },
        { name: 'live', description: 'Changes as they happen' },
        { name: 'basemap', description: 'The map under the zones, where this server holds one' },
        { name: 'service', description: 'How the server is' },
      ],
    },
    refResolver: {
      buildLocalReference: (json, _base, _fragment, i) => (typeof json.$id === 'string' ? json.$id : `Schema${i}`),
    },
  })
  app.addHook('onRoute', (route) => {
    if (/^\/docs.*\*$/.test(route.url)) route.errorHandler = answerNoFile
  })
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    uiConfig: { docExpansion: 'list' },
    staticCSP: CONTENT_SECURITY,
  })
  app.get('/openapi.json', { schema: { hide: true } }, async (_request, reply) => {
    reply.header('cache-control', TERMS)
    return app.swagger()
  })
}

/** A name that no file can have, such as one with `..`, a null byte or 10,000 letters, is a file that is not there. */
function answerNoFile(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  if (error instanceof DomainError) throw error
  sendNotFound(request, reply)
}
