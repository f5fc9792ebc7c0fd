import { DomainError } from '@kickstand/domain'
import type { FastifyRequest } from 'fastify'

/**
 * Rejects a write that a page of another site caused: by `Sec-Fetch-Site`, which no page can set, and by `Origin`, which
 * older browsers send. A client that is no browser sends neither, and no cookie that the site did not give it.
 * `publicOrigin`: empty where none is configured; then the origin must have the scheme and host of the
 * request.
 * Throws `cross-site-request`.
 */
export function requireSameOrigin(request: FastifyRequest, publicOrigin: string): void {
  const site = request.headers['sec-fetch-site']
  const { origin } = request.headers
  const isForeignSite = site !== undefined && site !== 'same-origin' && site !== 'none'
  const isForeignOrigin = origin !== undefined && !isOwn(origin, request, publicOrigin)
  if (!isForeignSite && !isForeignOrigin) return
  throw new DomainError(
    'cross-site-request',
    'Another site caused this request. Open the console at its own address and try again.',
  )
}

function isOwn(origin: string, request: FastifyRequest, publicOrigin: string): boolean {
  if (publicOrigin !== '' && origin === publicOrigin) return true
  if (!URL.canParse(origin)) return false
  const { host, protocol } = new URL(origin)
  return host === request.host && protocol === `${schemeOf(request)}:`
}

/** Also where a proxy in front is not configured as trusted. A page of another site cannot send this header without permission. */
function schemeOf(request: FastifyRequest): string {
  const stated = request.headers['x-forwarded-proto']
  return typeof stated === 'string' ? (stated.split(',', 1)[0] ?? '').trim() : request.protocol
}
