import type { FastifyInstance } from 'fastify'
import { prefixOf } from '#platform/network.ts'

/** Headers that name the client of a proxied request. Only the first is read, and only from a trusted proxy. */
const FORWARDING = ['x-forwarded-for', 'forwarded', 'x-real-ip'] as const

export const UNTRUSTED_PROXY = 'untrusted-proxy'

/**
 * Detects, once, forwarding headers from a peer that is not trusted. Behind a proxy that is not configured, all riders
 * share one address and one rate limit. `onFound` receives a line for the operator; it never holds a public address,
 * which may be a rider's.
 */
export function registerUntrustedProxy(
  app: FastifyInstance,
  trustedProxies: readonly string[],
  onFound: (line: string) => void,
): void {
  let isFound = false
  const names = trustedProxies.length === 0 ? FORWARDING : FORWARDING.slice(0, 1)
  app.addHook('onRequest', (request, _reply, done) => {
    if (!isFound) {
      const { headers, socket } = request.raw
      const peer = socket.remoteAddress ?? ''
      for (const name of names) {
        // For a trusted peer, `request.ip` is the forwarded address.
        if (headers[name] === undefined || (trustedProxies.length > 0 && request.ip !== peer)) continue
        isFound = true
        onFound(
          `${name} was sent by ${prefixOf(peer) === null ? peer : 'a public address'}, which is not in KICKSTAND_TRUSTED_PROXIES: ` +
            'all requests through it count as one rider. If it is your proxy, add it there. Otherwise a client sent the header; ignore this.',
        )
        break
      }
    }
    done()
  })
}
