import type { parseFilters } from './api/zone-filters.ts'

/** What the address keeps: a view in degrees WGS84 and a zoom level, how many minutes ahead it looks, filters and vehicle. */
export type ViewSearch = { lat?: number; lng?: number; z?: number; in?: number } & ReturnType<typeof parseFilters>

/** Every route of the page, built in one place. */
export const pages = { home: '/', zone: '/zones/$id' } as const
