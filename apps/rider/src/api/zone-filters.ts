import type { ZoneBody } from '@kickstand/contract'
import { FILTER_NAMES, matchesFilter, VEHICLES, type FilterName, type MayPark, type Vehicle } from '@kickstand/domain'

/** All filters in the order of the panel. The names are those of the API. */
export { FILTER_NAMES as FILTERS, type FilterName } from '@kickstand/domain'
/** Matches zones with "yes", or with "yes" or "unknown". */
export const FILTER_VALUES = ['yes', 'yes,unknown'] as const
export type FilterValue = (typeof FILTER_VALUES)[number]

export type Filters = { readonly [name in FilterName]?: FilterValue }
/** The filters of lists and maps. */
export type ZoneFilters = Filters & { readonly vehicle: Vehicle }

/** Used until the rider chooses another vehicle. */
export const DEFAULT_VEHICLE: Vehicle = 'motorcycle'

/** The filters and the vehicle of an address. Invalid values are dropped. */
export function parseFilters(search: Record<string, unknown>): Filters & { vehicle?: Vehicle } {
  const vehicle = parseVehicle(search['vehicle'])
  const named = FILTER_NAMES.flatMap((name) => {
    const value = FILTER_VALUES.find((one) => one === search[name])
    return value === undefined ? [] : [[name, value] as const]
  })
  return { ...Object.fromEntries(named), ...(vehicle === null ? {} : { vehicle }) }
}

export function parseVehicle(value: unknown): Vehicle | null {
  return VEHICLES.find((vehicle) => vehicle === value) ?? null
}

export function activeFilters(filters: Filters): FilterName[] {
  return FILTER_NAMES.filter((name) => filters[name] !== undefined)
}

/** The filters as a query (`?covered=yes…`) for tile addresses; empty for the default filters. */
export function filterQuery(filters: ZoneFilters): string {
  const isDefault = activeFilters(filters).length === 0 && filters.vehicle === DEFAULT_VEHICLE
  return isDefault ? '' : `?${new URLSearchParams(filters).toString()}`
}

/** The filters with "unknown" included in each. */
export function widened(filters: ZoneFilters): ZoneFilters {
  return { ...filters, ...Object.fromEntries(activeFilters(filters).map((name) => [name, 'yes,unknown'])) }
}

const ANSWERS: Readonly<Record<FilterValue, readonly MayPark[]>> = { yes: ['yes'], 'yes,unknown': ['yes', 'unknown'] }

/** Whether a zone matches the filters, by the same predicate as on the server. Absent rules are not known. */
export function matchesFilters(zone: ZoneBody, { vehicle, ...filters }: ZoneFilters): boolean {
  const answers = Object.fromEntries(activeFilters(filters).map((name) => [name, ANSWERS[filters[name] ?? 'yes']]))
  return matchesFilter({ vehicle, answers }, zone)
}
