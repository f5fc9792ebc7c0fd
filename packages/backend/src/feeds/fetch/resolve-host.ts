import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { FetchFault } from './fetch-fault.ts'
import { isPublicAddress } from './public-address.ts'

export type Resolve = (host: string) => Promise<readonly string[]>

/** All addresses of a host, as this machine resolves names. */
export const systemResolve: Resolve = async (host) => {
  const found = await lookup(host, { all: true, order: 'verbatim' })
  return found.map(({ address }) => address)
}

/** Which addresses may be connected to. */
export type Permission = (address: string) => boolean

export function permissionOf(allowPrivate: boolean): Permission {
  return allowPrivate ? () => true : isPublicAddress
}

/**
 * Resolves a host once and returns the address to connect to: whoever connects to this address, and asks no name service
 * again, cannot be led elsewhere in between. Refuses a host of which any address is not permitted.
 * @param host as in a URL: a name, an IPv4 address, or an IPv6 address in brackets
 */
export async function checkedAddress(host: string, resolve: Resolve, isPermitted: Permission): Promise<string> {
  const bare = host.replace(/^\[|\]$/g, '')
  const addresses = isIP(bare) === 0 ? await resolve(bare) : [bare]
  const [first] = addresses
  if (first === undefined) throw new FetchFault(`${bare} cannot be found: the name has no address.`, true)
  const refused = addresses.find((address) => !isPermitted(address))
  if (refused !== undefined) {
    const text = `${bare} leads to ${refused}, which is not on the public internet. If this is meant, set "allowPrivate": true in the profile.`
    throw new FetchFault(text, false)
  }
  return first
}
