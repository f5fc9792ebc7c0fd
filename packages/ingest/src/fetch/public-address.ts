import { BlockList, isIP } from 'node:net'

/**
 * IPv4 networks that are not public, from the IANA special-purpose address registry, and the metadata address of one
 * cloud.
 */
const SPECIAL_V4: readonly (readonly [network: string, bits: number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['168.63.129.16', 32],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
]

/**
 * Special networks within the one routed block of IPv6: protocol assignments, documentation, and 6to4, which embeds an
 * IPv4 address. NAT64 and mapped addresses, which do so too, are outside of the block.
 */
const SPECIAL_V6: readonly (readonly [network: string, bits: number])[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
]

const special = new BlockList()
for (const [network, bits] of SPECIAL_V4) special.addSubnet(network, bits, 'ipv4')
for (const [network, bits] of SPECIAL_V6) special.addSubnet(network, bits, 'ipv6')
const routed = new BlockList()
routed.addSubnet('2000::', 3, 'ipv6')

/**
 * Whether an IP address is public: not private, loopback, link-local, carrier-grade NAT, multicast, reserved, nor an
 * IPv6 address that embeds an IPv4 one. False for anything else.
 */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !special.check(address, 'ipv4')
    case 6:
      return routed.check(address, 'ipv6') && !special.check(address, 'ipv6')
    default:
      return false
  }
}
