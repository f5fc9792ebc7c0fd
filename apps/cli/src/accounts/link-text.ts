import { addressOfLink, ownOrigin, type CreatedLink } from '@kickstand/backend'
import type { Config } from '@kickstand/backend/config'

/** A link as it is printed, and when it ends, RFC 3339. */
export type PrintedLink = { readonly link: string; readonly expiresAt: string }

export function toPrintedLink(
  config: Config,
  purpose: 'setup' | 'recovery',
  { secret, expiresAt }: CreatedLink,
): PrintedLink {
  return {
    link: addressOfLink(ownOrigin(config), purpose, secret),
    expiresAt: new Date(expiresAt).toISOString(),
  }
}
