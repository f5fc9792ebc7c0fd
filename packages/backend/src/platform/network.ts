import { createHmac } from 'node:crypto'
import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

/** Keyed hash of the network of an address; null for an address that many share. */
export type NetworkOf = (address: string) => string | null

const HASH_LENGTH = 16
const MAX_CACHED_HASHES = 50_000

/** Ranges that many networks use: everybody behind them would look like one network. */
const NOT_PUBLIC = new Set(['unspecified', 'loopback', 'linkLocal', 'private', 'carrierGradeNat', 'uniqueLocal'])

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
  if (isIP(address) === 0) return null
  const parsed = ipaddr.process(address)
  if (NOT_PUBLIC.has(parsed.range())) return null
  return parsed instanceof ipaddr.IPv4 ? parsed.octets.slice(0, 3).join('.') : firstGroups(parsed, 3)
}

/** The unit of rate limits: an IPv4 address, or the /64 of an IPv6 address, since a home has a whole /64. */
export function callerOf(address: string): string {
  // Most requests: no need to parse.
  if (!address.includes(':') || isIP(address) === 0) return address
  const parsed = ipaddr.process(address)
  return parsed instanceof ipaddr.IPv4 ? parsed.toString() : firstGroups(parsed, 4)
}

/** The first groups of an IPv6 address in hexadecimal, without leading zeros. */
function firstGroups(address: ipaddr.IPv6, count: number): string {
  return address.parts
    .slice(0, count)
    .map((group) => group.toString(16))
    .join(':')
}

/**
 * A network as CIDR in its canonical form, such as 198.51.100.0/24 or 2001:db8::/32; null for any other text. IPv4 mapped to
 * IPv6 is no network here: clients with such an address count as IPv4.
 */
export function readNetwork(text: string): string | null {
  const [, address = '', length = ''] = /^([\da-f.:]+)\/(\d{1,3})$/i.exec(text) ?? []
  const version = isIP(address)
  if (version === 0 || Number(length) > (version === 4 ? 32 : 128)) return null
  const network = version === 4 ? ipaddr.IPv4.networkAddressFromCIDR(text) : ipaddr.IPv6.networkAddressFromCIDR(text)
  if (network instanceof ipaddr.IPv6 && network.isIPv4MappedAddress()) return null
  return `${network.toString()}/${Number(length)}`
}

/** Whether an address is in one of some networks, given as CIDR. An IPv4 address mapped to IPv6 counts as IPv4. */
export function isInNetworks(address: string, networks: readonly string[]): boolean {
  if (isIP(address) === 0) return false
  const parsed = ipaddr.process(address)
  return networks.some((network) => {
    const [range, length] = ipaddr.parseCIDR(network)
    return range.kind() === parsed.kind() && parsed.match(range, length)
  })
}
