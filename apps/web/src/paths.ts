/** Where a view is kept in the address: degrees WGS84, a zoom level, and how many minutes ahead it looks. */
export type ViewSearch = { lat?: number; lng?: number; z?: number; in?: number }

/** Every route of the page, built in one place. */
export const pages = { home: '/', zone: '/zones/$id' } as const
