import type { ZoneFilterQuery } from '@kickstand/contract'
import type { PlacedZone } from './scattered-zones.ts'

// A reference implementation of the filters, one zone at a time. Searches are compared with it.

type Answer = 'yes' | 'no' | 'unknown'

const ofFlag = (value: boolean | null | undefined): Answer =>
  (value ?? null) === null ? 'unknown' : value ? 'yes' : 'no'

const ANSWERS = {
  free: (zone) => ((zone.fee ?? null) === null ? 'unknown' : zone.fee === 'free' ? 'yes' : 'no'),
  covered: (zone) => ofFlag(zone.covered),
  secure: ({ anchors, surveillance }) =>
    anchors || surveillance ? 'yes' : anchors === false && surveillance === false ? 'no' : 'unknown',
  surface: ({ surface }) => (surface === 'asphalt' ? 'yes' : surface === 'gravel' ? 'no' : 'unknown'),
  charging: (zone) => ofFlag(zone.charging),
  open: (zone) => ((zone.openingHours ?? null) === null ? 'unknown' : 'yes'),
} satisfies Record<string, (zone: PlacedZone) => Answer>

const NAMES = ['free', 'covered', 'secure', 'surface', 'charging', 'open'] as const
const PLAIN: Readonly<Record<string, string>> = {
  free: 'yes',
  paid: 'no',
  true: 'yes',
  false: 'no',
  hard: 'yes',
  soft: 'no',
}

export function isAskedFor(zone: PlacedZone | undefined, query: ZoneFilterQuery): boolean {
  if (zone === undefined) return false
  const { vehicle } = query
  if (vehicle !== undefined && zone.vehicles?.[vehicle] === 'no') return false
  return NAMES.every((name) => {
    const asked = query[name]
    if (asked === undefined) return true
    const words = [asked].flat().flatMap((part) => part.split(','))
    return words.some((word) => (PLAIN[word] ?? word) === ANSWERS[name](zone))
  })
}

/** Random filters in all valid spellings. */
export function randomFilters(random: () => number): ZoneFilterQuery {
  const some = (values: readonly (string | string[])[]) => values[Math.floor(random() * values.length * 4)]
  const three = ['yes', 'no', 'unknown', 'yes,unknown', ['no', 'unknown'], 'yes,no,unknown']
  const stated = NAMES.map((name) => [name, some(name === 'free' ? ['free', 'paid', ...three] : three)] as const)
  return Object.fromEntries(stated.filter(([, value]) => value !== undefined))
}
