import type { ZoneFilterQuery } from '@kickstand/contract'
import { answerWords, FILTER_NAMES, matchesFilter, UNKNOWN_FACTS, ZONE_FILTERS, everyVehicle } from '@kickstand/domain'
import { filterOf } from '#read-model/search-filter.ts'
import type { PlacedZone } from './scattered-zones.ts'

/** Filters whose answers depend on facts alone, for zones without conditions and hours. */
const NAMES = FILTER_NAMES.filter((name) => ZONE_FILTERS[name].byFacts !== undefined)

/** Whether the domain's predicate lets a zone through, one zone at a time. Searches are compared with it. */
export function isAskedFor(zone: PlacedZone | undefined, query: ZoneFilterQuery): boolean {
  if (zone === undefined) return false
  const facts = { ...UNKNOWN_FACTS, vehicles: everyVehicle('unknown'), ...zone }
  return matchesFilter(filterOf(query), { ...facts, availability: { state: 'unknown', chance: null } })
}

/** Random filters in all valid spellings. */
export function randomFilters(random: () => number): ZoneFilterQuery {
  const some = (values: readonly (string | string[])[]) => values[Math.floor(random() * values.length * 4)]
  const lists = ['yes,unknown', ['no', 'unknown'], 'yes,no,unknown']
  const stated = NAMES.map((name) => [name, some([...answerWords(name), ...lists])] as const)
  return Object.fromEntries(stated.filter(([, value]) => value !== undefined))
}
