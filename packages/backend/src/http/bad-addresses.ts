import { DomainError } from '@kickstand/domain'
import type { FastifyInstance, RawServerBase, RawRequestDefaultExpression } from 'fastify'

/**
 * Internal route for requests whose URL cannot be decoded, so that they are counted, rate-limited and logged like
 * others.
 */
const ROUTE = '/.unreadable-address'

type RawRequest = RawRequestDefaultExpression<RawServerBase>

/** For Fastify's `rewriteUrl`: Fastify would answer such a URL itself, before any hook runs. */
export function rewriteBadAddress({ url = '/' }: Pick<RawRequest, 'url'>): string {
  if (!url.includes('%')) return url
  try {
    decodeURIComponent(url.split('?', 1)[0] ?? '')
    return url
  } catch {
    return ROUTE
  }
}

/** Registers the internal route. It rejects every request with `invalid-request`. */
export function registerBadAddresses(app: FastifyInstance): void {
  app.all(ROUTE, {
    config: { access: 'public' },
    schema: { hide: true },
    onRequest(request) {
      const shown = request.originalUrl.slice(0, 80)
      throw new DomainError(
        'invalid-request',
        `The URL ${shown} cannot be decoded. Percent-encode it as UTF-8: each % must be followed by two hexadecimal digits.`,
      )
    },
    handler: () => undefined,
  })
}
