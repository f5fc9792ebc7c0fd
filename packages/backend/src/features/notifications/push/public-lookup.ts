import { lookup, type LookupAddress } from 'node:dns'
import type { LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'

/** Receives the addresses of a host name, or an error. */
export type ResolveName = (
  hostname: string,
  done: (error: Error | null, addresses: readonly LookupAddress[]) => void,
) => void

const resolveName: ResolveName = (hostname, done) => lookup(hostname, { all: true }, done)

/** A host name resolves to an address that is not public. */
export class PrivateAddressError extends Error {}

/**
 * Resolves host names for connections that must not reach the internal network. Rejects a name if any of its addresses is not
 * public. The connection uses the addresses that were checked, so a later change of the name has no effect (DNS rebinding).
 */
export function publicLookup(resolve: ResolveName = resolveName): LookupFunction {
  return (hostname, options, done) => {
    resolve(hostname, (error, addresses) => {
      // After an error there are no addresses, although the type says otherwise.
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
