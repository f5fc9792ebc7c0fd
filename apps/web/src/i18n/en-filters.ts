import type { FilterName } from '../api/zone-filters.ts'

const HINTS: Partial<Record<FilterName, string>> = {
  likelyFree: 'Likely a space: a chance of at least one in two.',
  secure: 'Secure: anchors to lock to, or a camera.',
  surface: 'Firm ground: a side-stand does not sink in.',
  mayPark: 'Allowed for me: all rules known to us allow your vehicle.',
}

/** The sentences of the filter panel. They come with it, not with the page. */
export const enFilters = {
  vehicle: 'My vehicle',
  vehicleHint: 'Remembered on this device. Places where it may not park are left out.',
  hints: HINTS,
  none: (list: string) => `Nothing here is known to be: ${list}.`,
  noneAtAll: (list: string) => `Nothing here may be: ${list}.`,
  unknown: (n: number, text: string) => (n === 1 ? 'Of 1 nobody has said.' : `Of ${text} nobody has said.`),
  moreUnknown: (n: number, text: string) =>
    n === 1 ? 'Of 1 more nobody has said.' : `Of ${text} more nobody has said.`,
  showUnknown: (n: number) => (n === 1 ? 'Show it' : 'Show them'),
  clear: 'Take all filters off',
}

export type FiltersMessages = typeof enFilters
