/** Where a view of the map is kept in the address: degrees WGS84 and a zoom level. */
export type ViewSearch = { lat?: number; lng?: number; z?: number }

/** Every route of the page, built in one place. */
export const pages = { home: '/', zone: '/zones/$id' } as const
