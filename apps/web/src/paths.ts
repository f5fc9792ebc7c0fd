import type { parseFilters } from './api/zone-filters.ts'

/**
 * A plan in the address: where to (`lat,lng`), where it goes on from, zones seen full, `until=parked` for however far to
 * walk, the zone where the rider has parked. `to` is there while a plan is open, a zone opened from it included.
 */
export const PLAN_FIELDS = ['to', 'from', 'full', 'until', 'parked'] as const
export type PlanSearch = { readonly [field in (typeof PLAN_FIELDS)[number]]?: string }

/** What the address keeps: a view in degrees WGS84 and a zoom level, how many minutes ahead it looks, filters, vehicle, plan. */
export type ViewSearch = { lat?: number; lng?: number; z?: number; in?: number } & PlanSearch &
  ReturnType<typeof parseFilters>

/** Every route of the page, built in one place. */
export const pages = { home: '/', zone: '/zones/$id', plan: '/plan' } as const
