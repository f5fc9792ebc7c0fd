import type { MayPark } from '../../vehicles/vehicle.ts'
import type { FilterFact } from '../fields/field-lists.ts'
import type { ParkingRules } from '../may-park.ts'
import { surfaceKind } from '../surface.ts'
import type { ZoneFacts } from '../zone.ts'

/** The facts that combined filters ask for. */
export type CombinedFacts = Pick<ZoneFacts, 'fee' | 'openingHours' | 'anchors' | 'surveillance' | 'surface'> &
  Partial<Pick<ZoneFacts, 'feeConditional'>>

/** The facts that filters ask for. */
export type FilterFacts = CombinedFacts & Pick<ZoneFacts, 'vehicles' | FilterFact>

/** The rules at the requested time that filters ask for. */
export type FilterRules = {
  readonly mayPark: ParkingRules['mayPark']
  readonly fee: Pick<ParkingRules['fee'], 'state'>
  readonly hours: Pick<ParkingRules['hours'], 'state'>
}

/**
 * A filter: a question about a zone that is answered with yes, no or unknown. `byFacts`: the answer that never changes, or `timed` where
 * the rules at a time decide. Without `byFacts` the time always decides.
 */
export type ZoneFilterRule<Facts = FilterFacts> = {
  readonly byFacts?: (facts: Facts) => MayPark | 'timed'
  readonly byRules?: (rules: FilterRules) => MayPark
}

/** The answer for a fact that is true, false or unknown. */
export function answerOfFlag(value: boolean | null): MayPark {
  return value === null ? 'unknown' : value ? 'yes' : 'no'
}

function factFilter(fact: FilterFact): ZoneFilterRule {
  return { byFacts: (facts) => answerOfFlag(facts[fact]) }
}

const ANSWER_OF_STATE = { free: 'yes', paid: 'no', open: 'yes', closed: 'no', unknown: 'unknown' } as const

/** Filters that combine facts, or ask for more than facts. */
export const COMBINED_FILTERS = {
  /** Free of charge at the requested time. */
  free: {
    byFacts: ({ fee, feeConditional }) =>
      (feeConditional ?? null) === null ? ANSWER_OF_STATE[fee ?? 'unknown'] : 'timed',
    byRules: ({ fee }) => ANSWER_OF_STATE[fee.state],
  },
  /** A chance of a free space of at least one in two at the requested time. */
  likelyFree: {},
  /** Anchors or surveillance make a place secure. It is known not to be secure only if both are known to be absent. */
  secure: {
    byFacts: ({ anchors, surveillance }) => {
      if (anchors === true || surveillance === true) return 'yes'
      return anchors === false && surveillance === false ? 'no' : 'unknown'
    },
  },
  /** Whether the surface supports a side stand. */
  surface: {
    byFacts: ({ surface }) => {
      const kind = surfaceKind(surface)
      return kind === null ? 'unknown' : kind === 'hard' ? 'yes' : 'no'
    },
  },
  /** Open at the requested time, by its opening hours. */
  open: {
    byFacts: ({ openingHours }) => {
      const hours = openingHours?.trim() ?? ''
      return hours === '' ? 'unknown' : hours === '24/7' ? 'yes' : 'timed'
    },
    byRules: ({ hours }) => ANSWER_OF_STATE[hours.state],
  },
  /** Whether the vehicle may park at the requested time, by all rules. */
  mayPark: { byRules: ({ mayPark }) => mayPark },
} satisfies Readonly<Record<string, ZoneFilterRule<CombinedFacts>>>

export type FilterName = keyof typeof COMBINED_FILTERS | FilterFact

const { free, likelyFree, ...others } = COMBINED_FILTERS

/**
 * All filters in the order in which they are shown. The names are those of the API. A fact that is a filter in the table of fields has
 * an entry; the compiler names one that is missing. The table itself stays out of this module, because it is part of the page's first
 * download.
 */
export const ZONE_FILTERS: Readonly<Record<FilterName, ZoneFilterRule>> = {
  free,
  likelyFree,
  covered: factFilter('covered'),
  charging: factFilter('charging'),
  ...others,
}

// The keys of the object are the names.
export const FILTER_NAMES: readonly FilterName[] = Object.keys(ZONE_FILTERS) as FilterName[]
