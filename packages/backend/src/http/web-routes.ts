import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { REVALIDATE, IMMUTABLE } from '#platform/cache-rules.ts'
import { sendNotFound } from './problems.ts'

/** Everything from this server except map tiles, which another host may serve. No inline scripts. */
const CONTENT_SECURITY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "connect-src 'self' https: blob:",
  "worker-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "form-action 'self'",
].join('; ')

const HASHED = /\/assets\//

/**
 * Serves the built page from `root`; its own routes (`/zones/…`) get `index.html`. Without a build, answers a short
 * notice.
 */
export async function registerWebRoutes(app: FastifyInstance, root: string): Promise<void> {
  const index = resolve(root, 'index.html')
  if (!existsSync(index)) {
    app.setNotFoundHandler(sendNotFound)
    app.get('/', { schema: { hide: true } }, async (_request, reply) =>
      reply
        .type('text/html; charset=utf-8')
        .send('<!doctype html><title>Kickstand</title><p>The page is not built. Run npm start. The API is at /docs.'),
    )
    return
  }
  await app.register(fastifyStatic, {
    root,
    wildcard: false,
    index: 'index.html',
    preCompressed: true,
    cacheControl: false,
    setHeaders(reply, path) {
      reply.header('cache-control', HASHED.test(path) ? IMMUTABLE : REVALIDATE)
      if (path.endsWith('.html')) securePage(reply)
    },
  })
  app.setNotFoundHandler((request, reply) => {
    const isFront = /^\/(?:\?|$)/.test(request.url)
    // Monitors and link previews request the front page without `Accept: text/html`.
    const wantsPage =
      (request.method === 'GET' || request.method === 'HEAD') &&
      (isFront || (request.headers.accept ?? '').includes('text/html'))
    if (!wantsPage || /^\/(v1|ogc|basemap|assets|docs)\//.test(request.url)) return sendNotFound(request, reply)
    securePage(reply)
    return reply.header('cache-control', REVALIDATE).sendFile('index.html')
  })
}

function securePage(reply: { header(name: string, value: string): unknown }): void {
  reply.header('content-security-policy', CONTENT_SECURITY)
  reply.header('referrer-policy', 'strict-origin-when-cross-origin')
  reply.header('permissions-policy', 'geolocation=(self), camera=(), microphone=()')
  reply.header('x-frame-options', 'DENY')
}
