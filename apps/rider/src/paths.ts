import type { parseFilters } from './api/zone-filters.ts'

/**
 * A plan in the address: destination (`to`, as `lat,lng`), last stop tried (`from`), zones found full (`full`),
 * `until=parked` to ignore the walk, and the zone where the rider has parked. `to` is set while a plan or one of its
 * zones is open.
 */
export const PLAN_FIELDS = ['to', 'from', 'full', 'until', 'parked'] as const
export type PlanSearch = { readonly [field in (typeof PLAN_FIELDS)[number]]?: string }

/** The query of the page's address: view (degrees WGS84, zoom), minutes from now (`in`), filters, vehicle and plan. */
export type ViewSearch = { lat?: number; lng?: number; z?: number; in?: number } & PlanSearch &
  ReturnType<typeof parseFilters>

/** All routes of the page. */
export const pages = { home: '/', zone: '/zones/$id', plan: '/plan' } as const
