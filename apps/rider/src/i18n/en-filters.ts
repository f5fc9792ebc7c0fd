import type { FilterName } from '../api/zone-filters.ts'

const HINTS: Partial<Record<FilterName, string>> = {
  likelyFree: 'Likely a space: a chance of at least one in two.',
  secure: 'Secure: anchors or a camera.',
  surface: 'Firm surface: a side stand does not sink in.',
  mayPark: 'Allowed for me: every rule we know of allows your vehicle.',
}

/** Texts of the filter panel. Loaded with the panel, not with the page. */
export const enFilters = {
  vehicle: 'My vehicle',
  vehicleHint: 'Saved on this device. Places where it may not park are hidden.',
  hints: HINTS,
  none: (list: string) => `No place here is known to match: ${list}.`,
  noneAtAll: (list: string) => `No place here matches: ${list}.`,
  unknown: (n: number, text: string) =>
    n === 1 ? 'For 1 place this is not known.' : `For ${text} places this is not known.`,
  moreUnknown: (n: number, text: string) =>
    n === 1 ? 'For 1 more place this is not known.' : `For ${text} more places this is not known.`,
  showUnknown: (n: number) => (n === 1 ? 'Show it' : 'Show them'),
  clear: 'Clear filters',
}

export type FiltersMessages = typeof enFilters
