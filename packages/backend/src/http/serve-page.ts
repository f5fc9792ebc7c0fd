import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { IMMUTABLE, REVALIDATE } from '#platform/cache-rules.ts'
import { sendNotFound } from './problems.ts'

export type Page = {
  readonly name: string
  /** Folder of the built page. */
  readonly root: string
  /** Headers of its HTML. */
  readonly headers: Readonly<Record<string, string>>
  /** URLs of its front page, with or without a query. */
  readonly front: RegExp
  /** URLs that are never an address of the page: an unknown one is a problem in JSON. */
  readonly reserved: RegExp
}

const HASHED = /\/assets\//

/**
 * Serves the files of a built page below the prefix of `app`, and its `index.html` at the addresses of its own routes.
 * Without a build, its front page is a short notice.
 */
export async function servePage(app: FastifyInstance, page: Page): Promise<void> {
  if (!existsSync(resolve(page.root, 'index.html'))) return serveNotice(app, page)
  await app.register(fastifyStatic, {
    root: page.root,
    wildcard: false,
    index: 'index.html',
    preCompressed: true,
    cacheControl: false,
    setHeaders(reply, path) {
      reply.header('cache-control', HASHED.test(path) ? IMMUTABLE : REVALIDATE)
      if (path.endsWith('.html')) addHeaders(reply, page.headers)
    },
  })
  app.setNotFoundHandler((request, reply) => {
    // Monitors and link previews request the front page without `Accept: text/html`.
    const wantsPage =
      (request.method === 'GET' || request.method === 'HEAD') &&
      (page.front.test(request.url) || (request.headers.accept ?? '').includes('text/html'))
    if (!wantsPage || page.reserved.test(request.url)) return sendNotFound(request, reply)
    addHeaders(reply, page.headers)
    return reply.header('cache-control', REVALIDATE).sendFile('index.html')
  })
}

function serveNotice(app: FastifyInstance, { name, headers }: Page): void {
  app.setNotFoundHandler(sendNotFound)
  app.get('/', { schema: { hide: true } }, async (_request, reply) => {
    addHeaders(reply, headers)
    return reply
      .type('text/html; charset=utf-8')
      .send(`<!doctype html><title>Kickstand</title><p>The ${name} is not built. Run npm start. The API is at /docs.`)
  })
}

function addHeaders(reply: { header(name: string, value: string): unknown }, headers: Page['headers']): void {
  for (const [name, value] of Object.entries(headers)) reply.header(name, value)
}
