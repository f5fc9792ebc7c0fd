import { createHmac } from 'node:crypto'
import { BlockList, isIP } from 'node:net'

/** Of the network that an address belongs to, a keyed hash; null where the address says nothing of where somebody is. */
export type NetworkOf = (address: string) => string | null

const HASH_LENGTH = 16
const HASHES_KEPT = 50_000

/** Addresses of machines, homes, companies and proxies themselves: everybody behind one would look like one network. */
const LOCAL = new BlockList()
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const) {
  LOCAL.addSubnet(net, prefix, 'ipv4')
}
for (const [net, prefix] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
] as const) {
  LOCAL.addSubnet(net, prefix, 'ipv6')
}

/**
 * Tells networks apart (IPv4 /24, IPv6 /48) without keeping addresses: only an HMAC under `secret` leaves here, which without
 * the secret cannot be turned back.
 */
export function createNetworkOf(secret: string): NetworkOf {
  const known = new Map<string, string>()
  return (address) => {
    const network = prefixOf(address)
    if (network === null) return null
    const kept = known.get(network)
    if (kept !== undefined) return kept
    if (known.size >= HASHES_KEPT) known.clear()
    const hashed = createHmac('sha256', secret).update(network).digest('base64url').slice(0, HASH_LENGTH)
    known.set(network, hashed)
    return hashed
  }
}

/** The network part of an address as text, null for one that is no public address. */
export function prefixOf(address: string): string | null {
  const bare = address.replace(/%.*$/, '').toLowerCase()
  // An IPv4 client of a server that listens on both.
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(bare)?.[1] ?? bare
  const version = isIP(mapped)
  if (version === 0 || LOCAL.check(mapped, version === 4 ? 'ipv4' : 'ipv6')) return null
  return version === 4 ? mapped.replace(/\.\d+$/, '') : firstGroups(mapped, 3)
}

/** Whom limits count: an IPv4 address, or the /64 of an IPv6 address, since a home has a whole one of these. */
export function callerOf(address: string): string {
  if (!address.includes(':')) return address
  const bare = address.replace(/^::ffff:(?=\d+\.)/i, '')
  return bare.includes(':') ? firstGroups(bare.replace(/%.*$/, '').toLowerCase(), 4) : bare
}

/** The first groups of an IPv6 address, those that `::` stands for included. */
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
