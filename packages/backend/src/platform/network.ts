import { createHmac } from 'node:crypto'
import { BlockList, isIP } from 'node:net'

/** Keyed hash of the network of an address; null for an address that many share. */
export type NetworkOf = (address: string) => string | null

const HASH_LENGTH = 16
const MAX_CACHED_HASHES = 50_000

/** Private, loopback and carrier-grade NAT addresses: everybody behind one would look like one network. */
const NOT_PUBLIC = new BlockList()
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const) {
  NOT_PUBLIC.addSubnet(net, prefix, 'ipv4')
}
for (const [net, prefix] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
] as const) {
  NOT_PUBLIC.addSubnet(net, prefix, 'ipv6')
}

/**
 * Distinguishes networks (IPv4 /24, IPv6 /48) without storing addresses: only an HMAC under `secret` leaves this
 * function, which cannot be reversed without the secret.
 */
export function createNetworkOf(secret: string): NetworkOf {
  const known = new Map<string, string>()
  return (address) => {
    const network = prefixOf(address)
    if (network === null) return null
    const kept = known.get(network)
    if (kept !== undefined) return kept
    if (known.size >= MAX_CACHED_HASHES) known.clear()
    const hashed = createHmac('sha256', secret).update(network).digest('base64url').slice(0, HASH_LENGTH)
    known.set(network, hashed)
    return hashed
  }
}

/** The network prefix of an address; null for one that is not public. */
export function prefixOf(address: string): string | null {
  const bare = address.replace(/%.*$/, '').toLowerCase()
  // An IPv4 client of a dual-stack server.
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(bare)?.[1] ?? bare
  const version = isIP(mapped)
  if (version === 0 || NOT_PUBLIC.check(mapped, version === 4 ? 'ipv4' : 'ipv6')) return null
  return version === 4 ? mapped.replace(/\.\d+$/, '') : firstGroups(mapped, 3)
}

/** The unit of rate limits: an IPv4 address, or the /64 of an IPv6 address, since a home has a whole /64. */
export function callerOf(address: string): string {
  if (!address.includes(':')) return address
  const bare = address.replace(/^::ffff:(?=\d+\.)/i, '')
  return bare.includes(':') ? firstGroups(bare.replace(/%.*$/, '').toLowerCase(), 4) : bare
}

/** The first groups of an IPv6 address, with `::` expanded. */
function firstGroups(address: string, count: number): string {
  const [head = '', tail] = address.split('::')
  const groups = head === '' ? [] : head.split(':')
  if (tail !== undefined) {
    const after = tail === '' ? 0 : tail.split(':').length + (tail.includes('.') ? 1 : 0)
    while (groups.length < Math.min(count, 8 - after)) groups.push('0')
    groups.push(...tail.split(':'))
  }
  return groups
    .slice(0, count)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')
}
