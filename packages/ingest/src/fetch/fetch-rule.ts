import type { FetchRule } from './fetch-schema.ts'

const HEADER_NAME = /^[!#$%&'*+.^_`|~\dA-Za-z-]+$/
/** Headers that control the transfer; a profile cannot set them. */
const RESERVED_HEADERS = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'accept-encoding',
  'te',
  'upgrade',
])
const STATIC_LIMITS = { bytes: 1_000_000_000, seconds: 300 }
const LIVE_LIMITS = { bytes: 50_000_000, seconds: 60 }

/** Errors in a fetch rule that the schema cannot express, one line each. */
export function faultsOf(rule: FetchRule): string[] {
  const faults: string[] = []
  if (rule.every !== undefined && rule.daily !== undefined) {
    faults.push('has both "every" and "daily"; leave one out')
  }
  const addresses = addressesOf(rule)
  if (addresses.length === 0 && (rule.every ?? rule.daily ?? rule.headers ?? rule.pages) !== undefined) {
    faults.push('has settings for fetching, and has no "address"')
  }
  for (const address of addresses) {
    if (!/^[a-z][a-z\d+.-]*:\/\//i.test(address)) continue
    const url = URL.canParse(address) ? new URL(address) : null
    if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
      faults.push(`address "${address}" is neither an https:// or http:// address nor the path of a file`)
    } else if (url.username !== '' || url.password !== '') {
      faults.push(`address of ${url.host} contains a user name; put secrets into "headers", as the name of a setting`)
    }
  }
  const isTemplate = addresses.some((address) => address.includes('{page}'))
  if (rule.pages !== undefined && (typeof rule.address !== 'string' || !isTemplate)) {
    faults.push('has "pages", which needs one address with {page} in it')
  }
  if (rule.pages === undefined && isTemplate) faults.push('has {page} in its address, and no "pages"')
  for (const name of Object.keys(rule.headers ?? {})) {
    if (!HEADER_NAME.test(name) || RESERVED_HEADERS.has(name.toLowerCase()))
      faults.push(`header "${name}" cannot be set`)
  }
  return faults
}

function addressesOf({ address = [] }: FetchRule): readonly string[] {
  return typeof address === 'string' ? [address] : address
}

/** Every address to fetch, in order. With `pages`, fetching ends at the first empty page. */
export function pagesOf(rule: FetchRule): readonly string[] {
  const { pages } = rule
  if (pages === undefined) return addressesOf(rule)
  const { first = 0, step = 1, most } = pages
  const [template = ''] = addressesOf(rule)
  return Array.from({ length: most }, (_, i) => template.replaceAll('{page}', String(first + i * step)))
}

/** Limits of a body's size in bytes and of its transfer in seconds: the profile's, else the defaults of the channel. */
export function limitsOf(rule: FetchRule, channel: 'static' | 'live'): { bytes: number; seconds: number } {
  const defaults = channel === 'static' ? STATIC_LIMITS : LIVE_LIMITS
  return { bytes: rule.limits?.bytes ?? defaults.bytes, seconds: rule.limits?.seconds ?? defaults.seconds }
}
