import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { FetchFault } from './fetch-fault.ts'
import { isPublicAddress } from './public-address.ts'

export type Resolve = (host: string) => Promise<readonly string[]>

/** All addresses of a host, from the system's resolver. */
export const systemResolve: Resolve = async (host) => {
  const found = await lookup(host, { all: true, order: 'verbatim' })
  return found.map(({ address }) => address)
}

/** Whether connections to an address are allowed. */
export type Permission = (address: string) => boolean

export function permissionOf(allowPrivate: boolean): Permission {
  return allowPrivate ? () => true : isPublicAddress
}

/**
 * Resolves a host once and returns the address to connect to. Connect to this address without another DNS lookup, so
 * that DNS rebinding cannot lead elsewhere. Rejects a host if any of its addresses is not allowed.
 * @param host as in a URL: a name, an IPv4 address, or an IPv6 address in brackets
 */
export async function checkedAddress(host: string, resolve: Resolve, isPermitted: Permission): Promise<string> {
  const bare = host.replace(/^\[|\]$/g, '')
  const addresses = isIP(bare) === 0 ? await resolve(bare) : [bare]
  const [first] = addresses
  if (first === undefined) throw new FetchFault(`${bare} cannot be resolved: the name has no address.`, true)
  const forbidden = addresses.find((address) => !isPermitted(address))
  if (forbidden !== undefined) {
    const text = `${bare} leads to ${forbidden}, which is not on the public internet. If this is meant, set "allowPrivate": true in the profile.`
    throw new FetchFault(text, false)
  }
  return first
}
