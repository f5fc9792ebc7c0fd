import type { FastifyInstance } from 'fastify'
import { prefixOf } from '#platform/network.ts'

/** What writes of whom a request is from; the first is the one that a trusted proxy is believed in. */
const FORWARDING = ['x-forwarded-for', 'forwarded', 'x-real-ip'] as const

export const UNTRUSTED_PROXY = 'untrusted-proxy'

/**
 * Notices once that forwarding headers arrive from a peer that is not trusted. Behind a proxy that nobody configured all riders have
 * one address: they count as one, and limits hit all of them together. `onFound` gets a line for whoever runs the server; a public
 * address is not in it, since it may be a rider's.
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
        // Where the peer is trusted, the address of the request is the one that it forwards.
        if (headers[name] === undefined || (trustedProxies.length > 0 && request.ip !== peer)) continue
        isFound = true
        onFound(
          `${name} arrives from ${prefixOf(peer) === null ? peer : 'a public address'}, which KICKSTAND_TRUSTED_PROXIES does not name: ` +
            'all who come through it count as one rider. If it is your proxy, name it there; else a client wrote the header, and nothing is to be done.',
        )
        break
      }
    }
    done()
  })
}
