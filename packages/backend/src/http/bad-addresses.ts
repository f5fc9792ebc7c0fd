import { DomainError } from '@kickstand/domain'
import type { FastifyInstance, RawServerBase, RawRequestDefaultExpression } from 'fastify'

/** Where requests go whose address cannot be decoded: a route like any other, so that they are counted, limited and logged. */
const ROUTE = '/.unreadable-address'

type RawRequest = RawRequestDefaultExpression<RawServerBase>

/** For Fastify's `rewriteUrl`: it would answer such an address by itself, before any hook. */
export function rewriteBadAddress({ url = '/' }: Pick<RawRequest, 'url'>): string {
  if (!url.includes('%')) return url
  try {
    decodeURIComponent(url.split('?', 1)[0] ?? '')
    return url
  } catch {
    return ROUTE
  }
}

export function registerBadAddresses(app: FastifyInstance): void {
  app.all(ROUTE, {
    schema: { hide: true },
    onRequest(request) {
      const shown = request.originalUrl.slice(0, 80)
      throw new DomainError(
        'invalid-request',
        `The address ${shown} cannot be read. Write each % followed by two hexadecimal digits that spell UTF-8.`,
      )
    },
    handler: () => undefined,
  })
}
