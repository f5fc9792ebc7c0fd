import type { ZoneBody } from '@kickstand/contract'
import { surfaceKind, VEHICLES, type MayPark, type Vehicle } from '@kickstand/domain'

/** All filters in the order of the panel. The names are those of the API. */
export const FILTERS = ['free', 'likelyFree', 'covered', 'secure', 'surface', 'charging', 'open', 'mayPark'] as const
export type FilterName = (typeof FILTERS)[number]
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
  const named = FILTERS.flatMap((name) => {
    const value = FILTER_VALUES.find((one) => one === search[name])
    return value === undefined ? [] : [[name, value] as const]
  })
  return { ...Object.fromEntries(named), ...(vehicle === null ? {} : { vehicle }) }
}

export function parseVehicle(value: unknown): Vehicle | null {
  return VEHICLES.find((vehicle) => vehicle === value) ?? null
}

export function activeFilters(filters: Filters): FilterName[] {
  return FILTERS.filter((name) => filters[name] !== undefined)
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

const LIKELY_CHANCE = 0.5

const flag = (value: boolean | null): MayPark => (value === null ? 'unknown' : value ? 'yes' : 'no')

/** How a zone answers a filter. The same rules as on the server, for lists that are already on the device. */
function answerOf(name: FilterName, zone: ZoneBody, vehicle: Vehicle): MayPark {
  const { rules, anchors, surveillance } = zone
  const { state, chance } = zone.availability
  const surface = surfaceKind(zone.surface)
  const fee = rules?.fee.state ?? zone.fee
  if (name === 'mayPark') return rules?.mayPark ?? zone.vehicles[vehicle]
  if (name === 'free') return fee === 'free' ? 'yes' : fee === 'paid' ? 'no' : 'unknown'
  if (name === 'open') return rules?.hours.state === 'open' ? 'yes' : rules?.hours.state === 'closed' ? 'no' : 'unknown'
  if (name === 'surface') return flag(surface === null ? null : surface === 'hard')
  if (name === 'secure') return anchors || surveillance ? 'yes' : flag(anchors === null ? null : surveillance)
  if (name === 'likelyFree') return state === 'closed' ? 'no' : flag(chance === null ? null : chance >= LIKELY_CHANCE)
  return flag(zone[name])
}

/** Whether a zone matches the filters. */
export function matchesFilters(zone: ZoneBody, filters: ZoneFilters): boolean {
  const { vehicle } = filters
  if (zone.vehicles[vehicle] === 'no') return false
  return activeFilters(filters).every((name) => filters[name]?.split(',').includes(answerOf(name, zone, vehicle)))
}
