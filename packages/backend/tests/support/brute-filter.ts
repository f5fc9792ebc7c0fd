import type { ZoneFilterQuery } from '@kickstand/contract'
import { answerWords, FILTER_NAMES, matchesFilter, UNKNOWN_FACTS, ZONE_FILTERS, everyVehicle } from '@kickstand/domain'
import { filterOf } from '#read-model/search-filter.ts'
import type { PlacedZone } from './scattered-zones.ts'

/** Filters whose answers depend on facts alone, for zones without conditions and hours. */
const NAMES = FILTER_NAMES.filter((name) => ZONE_FILTERS[name].byFacts !== undefined)

/** What the predicate reads of a zone, kept because each zone is asked about thousands of times. */
const read = new WeakMap<PlacedZone, Parameters<typeof matchesFilter>[1]>()

/** The domain's predicate: whether it lets a zone through. Searches are compared with it. */
export function askedFor(query: ZoneFilterQuery): (zone: PlacedZone | undefined) => boolean {
  const filter = filterOf(query)
  return (zone) => {
    if (zone === undefined) return false
    const facts = read.get(zone) ?? {
      ...UNKNOWN_FACTS,
      vehicles: everyVehicle('unknown'),
      ...zone,
      availability: { state: 'unknown', chance: null },
    }
    read.set(zone, facts)
    return matchesFilter(filter, facts)
  }
}

/** Random filters in all valid spellings. */
export function randomFilters(random: () => number): ZoneFilterQuery {
  const some = (values: readonly (string | string[])[]) => values[Math.floor(random() * values.length * 4)]
  const lists = ['yes,unknown', ['no', 'unknown'], 'yes,no,unknown']
  const stated = NAMES.map((name) => [name, some([...answerWords(name), ...lists])] as const)
  return Object.fromEntries(stated.filter(([, value]) => value !== undefined))
}
