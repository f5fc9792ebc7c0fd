import { ECDH } from 'node:crypto'
import { isIP } from 'node:net'
import type { PushSubscriptionInput } from '@kickstand/contract'
import { DomainError } from '@kickstand/domain'

/** Names that never belong to a push service (RFC 6761, RFC 6762, RFC 8375, and what networks use inside). */
const LOCAL_NAMES = /(?:^|\.)(?:localhost|local|internal|intranet|lan|home|corp|arpa|test|invalid|onion)$/

/**
 * Checks that a subscription is one that a browser can have made: an https address of a named public host on the default
 * port, and a key on the curve. The addresses of the host are checked when a message is sent. Throws `invalid-request`.
 */
export function checkSubscription({ endpoint, keys }: PushSubscriptionInput): void {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : null
  if (url === null || url.protocol !== 'https:') throw invalid('/endpoint', 'must be an https address')
  if (url.username !== '' || url.password !== '' || url.hash !== '' || url.port !== '')
    throw invalid('/endpoint', 'must have no user, port or fragment')
  if (!isPublicName(url.hostname)) throw invalid('/endpoint', 'must be on the named host of a push service')
  try {
    ECDH.convertKey(keys.p256dh, 'prime256v1', 'base64url', 'hex', 'compressed')
  } catch {
    throw invalid('/keys/p256dh', 'must be a point on the curve P-256')
  }
}

/** Whether a host name can be that of a push service: a name with a dot, not an IP address. `hostname`: as a URL holds it. */
export function isPublicName(hostname: string): boolean {
  if (hostname.startsWith('[') || isIP(hostname) !== 0) return false
  const name = hostname.replace(/\.$/, '')
  return name.includes('.') && !LOCAL_NAMES.test(name)
}

function invalid(pointer: string, message: string): DomainError {
  return new DomainError('invalid-request', `The subscription is invalid: ${pointer} ${message}.`, [
    { pointer, message },
  ])
}
