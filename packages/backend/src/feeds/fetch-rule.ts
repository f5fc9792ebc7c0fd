import type { FetchRule } from './fetch-schema.ts'

const HEADER_NAME = /^[!#$%&'*+.^_`|~\dA-Za-z-]+$/
/** Headers that say how the body travels, which is not the profile's to decide. */
const OURS = new Set(['host', 'connection', 'content-length', 'transfer-encoding', 'accept-encoding', 'te', 'upgrade'])
const LIMITS = { bytes: 1_000_000_000, seconds: 300 }
const LIVE_LIMITS = { bytes: 50_000_000, seconds: 60 }

/** What the schema cannot say of a fetch rule: every fault in one line each, none where it is usable. */
export function faultsOf(rule: FetchRule): string[] {
  const faults: string[] = []
  if (rule.every !== undefined && rule.daily !== undefined) {
    faults.push('has both "every" and "daily"; leave one out')
  }
  const addresses = addressesOf(rule)
  if (addresses.length === 0 && (rule.every ?? rule.daily ?? rule.headers ?? rule.pages) !== undefined) {
    faults.push('says how it is fetched, and has no "address"')
  }
  for (const address of addresses) {
    if (!/^[a-z][a-z\d+.-]*:\/\//i.test(address)) continue
    const url = URL.canParse(address) ? new URL(address) : null
    if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
      faults.push(`address "${address}" is neither an https:// or http:// address nor the path of a file`)
    } else if (url.username !== '' || url.password !== '') {
      faults.push(`address of ${url.host} holds a user name; put secrets into "headers", by the name of a setting`)
    }
  }
  const isTemplate = addresses.some((address) => address.includes('{page}'))
  if (rule.pages !== undefined && (typeof rule.address !== 'string' || !isTemplate)) {
    faults.push('has "pages", which needs one address with {page} in it')
  }
  if (rule.pages === undefined && isTemplate) faults.push('has {page} in its address, and no "pages" to say which')
  for (const name of Object.keys(rule.headers ?? {})) {
    if (!HEADER_NAME.test(name) || OURS.has(name.toLowerCase())) faults.push(`header "${name}" cannot be set`)
  }
  return faults
}

function addressesOf({ address = [] }: FetchRule): readonly string[] {
  return typeof address === 'string' ? [address] : address
}

/** Every address to fetch, in order. Those of pages are asked for until one has nothing in it. */
export function pagesOf(rule: FetchRule): readonly string[] {
  const { pages } = rule
  if (pages === undefined) return addressesOf(rule)
  const { first = 0, step = 1, most } = pages
  const [template = ''] = addressesOf(rule)
  return Array.from({ length: most }, (_, i) => template.replaceAll('{page}', String(first + i * step)))
}

/** Most bytes of a body, and most seconds for it: what the profile says, else what is usual for its channel of the feed. */
export function limitsOf(rule: FetchRule, channel: 'static' | 'live'): { bytes: number; seconds: number } {
  const usual = channel === 'static' ? LIMITS : LIVE_LIMITS
  return { bytes: rule.limits?.bytes ?? usual.bytes, seconds: rule.limits?.seconds ?? usual.seconds }
}
