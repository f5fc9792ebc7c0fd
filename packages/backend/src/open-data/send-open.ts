import type { FastifyReply, FastifyRequest } from 'fastify'
import { isKnownTag } from '#platform/etag.ts'

const EXPOSED = 'etag, link, content-crs, ratelimit, ratelimit-policy, retry-after'

/** Lets pages of any origin read the answer: it is for everybody, and holds nobody's secret. */
export function allowAll(reply: FastifyReply): void {
  reply.header('access-control-allow-origin', '*').header('access-control-expose-headers', EXPOSED)
}

/**
 * Sets how long caches may keep the answer (seconds; shared ones twice as long, and stale while they ask again) and its
 * validator: a weak one, since an answer also tells its own time.
 * @returns whether the caller has it already and was answered so
 */
export function answerKnown(request: FastifyRequest, reply: FastifyReply, etag: string, seconds: number): boolean {
  const lifetimes = `max-age=${seconds}, s-maxage=${2 * seconds}, stale-while-revalidate=${10 * seconds}`
  reply.header('cache-control', `public, ${lifetimes}`).header('etag', `W/${etag}`)
  if (!isKnownTag(request.headers['if-none-match'], etag)) return false
  void reply.code(304).send()
  return true
}
