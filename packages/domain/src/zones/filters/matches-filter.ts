import type { AvailabilityState } from '../../availability/availability.ts'
import type { MayPark, Vehicle } from '../../vehicles/vehicle.ts'
import {
  answerOfFlag,
  FILTER_NAMES,
  ZONE_FILTERS,
  type FilterFacts,
  type FilterName,
  type FilterRules,
} from './zone-filters.ts'

/** Chance from which a space counts as likely. */
const LIKELY_CHANCE = 0.5

/** The accepted answers to each filter, and the rider's vehicle. A filter without an entry accepts every zone. */
export type ZoneFilter = {
  /** Null where the rider has not chosen one. */
  readonly vehicle: Vehicle | null
  readonly answers: { readonly [Name in FilterName]?: readonly MayPark[] }
}

/** The availability of a zone that filters ask for. */
export type FilterAvailability = { readonly state: AvailabilityState; readonly chance: number | null }

/**
 * A zone at the requested time, as the API describes it. `rules`: for the filter's vehicle, or a motorcycle; absent where they are not
 * known.
 */
export type FilteredZone = FilterFacts & {
  readonly rules?: FilterRules
  readonly availability: FilterAvailability
}

/** Whether a space is likely: no in a closed zone, unknown without a chance. */
export function answerOfAvailability({ state, chance }: FilterAvailability): MayPark {
  return state === 'closed' ? 'no' : answerOfFlag(chance === null ? null : chance >= LIKELY_CHANCE)
}

/** How a zone answers a filter. Without rules, an answer that depends on the time is unknown. */
export function answerOf(name: FilterName, zone: FilteredZone, vehicle: Vehicle): MayPark {
  if (name === 'likelyFree') return answerOfAvailability(zone.availability)
  const { byFacts, byRules } = ZONE_FILTERS[name]
  const answer = byFacts?.(zone) ?? 'timed'
  if (answer !== 'timed') return answer
  if (zone.rules !== undefined && byRules !== undefined) return byRules(zone.rules)
  return name === 'mayPark' ? zone.vehicles[vehicle] : 'unknown'
}

/**
 * Whether a zone matches a filter: the one predicate for the server, for lists on a device and for tests. A vehicle excludes the zones
 * where it may not park, unless the filter `mayPark` accepts them.
 */
export function matchesFilter({ vehicle, answers }: ZoneFilter, zone: FilteredZone): boolean {
  const isExcluded = vehicle !== null && zone.vehicles[vehicle] === 'no'
  if (isExcluded && answers.mayPark?.includes('no') !== true) return false
  return FILTER_NAMES.every((name) => {
    const accepted = answers[name]
    return accepted === undefined || accepted.includes(answerOf(name, zone, vehicle ?? 'motorcycle'))
  })
}
