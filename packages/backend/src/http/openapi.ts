import { DomainError } from '@kickstand/domain'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { TERMS } from '#platform/cache-rules.ts'
import { sendNotFound } from './problems.ts'

/** `/docs` loads everything from this server, also over plain HTTP, and contacts no other host. */
const CONTENT_SECURITY = [
  "default-src 'self'",
  "img-src 'self' data:",
  "style-src 'self' 'unsafe-inline'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

/**
 * `/openapi.json` (OpenAPI 3.1, from the schemas that validate requests) and `/docs` to browse it. Register it before
 * the routes.
 */
export async function registerOpenApi(app: FastifyInstance, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Kickstand',
        version,
        description:
          'The live map of motorbike parking. Positions in degrees WGS84, distances in metres, durations in seconds, times RFC 3339 in UTC. Errors are problem+json (RFC 9457) with a stable `code`.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      tags: [
        { name: 'zones', description: 'Places where motorcycles may park, with their availability' },
        { name: 'open data', description: 'All zones for download, with licences and attribution' },
        { name: 'plan', description: 'Which zones to try, in which order' },
        { name: 'reports', description: 'Reports of riders on how full a zone is' },
        { name: 'riders', description: 'What is stored of a rider' },
        { name: 'live', description: 'A stream of changes (server-sent events)' },
        { name: 'account', description: 'Signing in, and the account of the person who has signed in' },
        { name: 'basemap', description: 'The background map, where this server hosts one' },
        { name: 'organisations', description: 'Operators of parking, their members and invitations' },
        { name: 'notifications', description: 'What riders and accounts are notified of, and how' },
        { name: 'service', description: 'Health, readiness and client settings of this server' },
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
  app.get('/openapi.json', { config: { access: 'public' }, schema: { hide: true } }, async (_request, reply) => {
    reply.header('cache-control', TERMS)
    return app.swagger()
  })
}

/** Answers 404 for names that no file can have, such as one with `..`, a null byte or 10,000 letters. */
function answerNoFile(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  if (error instanceof DomainError) throw error
  sendNotFound(request, reply)
}
