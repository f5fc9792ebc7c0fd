import { lookup, type LookupAddress } from 'node:dns'
import type { LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'

/** Passes on the addresses of a name, or an error. */
export type ResolveName = (
  hostname: string,
  done: (error: Error | null, addresses: readonly LookupAddress[]) => void,
) => void

const resolveName: ResolveName = (hostname, done) => lookup(hostname, { all: true }, done)

/** A name stands for an address that is not public. */
export class PrivateAddressError extends Error {}

/**
 * Looks names up for connections that must not reach the own network: it rejects a name if any of its addresses is not
 * public. The connection uses the very addresses that were checked, so a name that changes meanwhile makes no difference.
 */
export function publicLookup(resolve: ResolveName = resolveName): LookupFunction {
  return (hostname, options, done) => {
    resolve(hostname, (error, addresses) => {
      // Without addresses then, whatever their type says.
      if (error !== null) return done(error, [])
      const [first] = addresses
      if (!addresses.every(({ address }) => isPublicAddress(address)))
        done(new PrivateAddressError(`${hostname} stands for an address that is not public`), [])
      else if (first === undefined) done(new Error(`${hostname} has no address`), [])
      else if (options.all === true) done(null, [...addresses])
      else done(null, first.address, first.family)
    })
  }
}

/** Whether an address is reachable from everywhere. Those that embed another address (NAT64, 6to4, Teredo) do not count. */
export function isPublicAddress(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast'
}
