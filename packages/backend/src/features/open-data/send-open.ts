import type { FastifyReply, FastifyRequest } from 'fastify'
import { isKnownTag } from '#platform/etag.ts'

const EXPOSED = 'etag, link, content-crs, ratelimit, ratelimit-policy, retry-after'

/** Allows pages of any origin to read the response, which is public. */
export function allowAll(reply: FastifyReply): void {
  reply.header('access-control-allow-origin', '*').header('access-control-expose-headers', EXPOSED)
}

/**
 * Sets the cache lifetime (seconds; twice as long for shared caches, and stale while revalidating) and a weak ETag,
 * since a response also contains its own time.
 * @returns whether the client has the current version, and 304 was sent
 */
export function sendNotModified(request: FastifyRequest, reply: FastifyReply, etag: string, seconds: number): boolean {
  const lifetimes = `max-age=${seconds}, s-maxage=${2 * seconds}, stale-while-revalidate=${10 * seconds}`
  reply.header('cache-control', `public, ${lifetimes}`).header('etag', `W/${etag}`)
  if (!isKnownTag(request.headers['if-none-match'], etag)) return false
  void reply.code(304).send()
  return true
}
