/** Where the server serves the console, as `base` in vite.config.ts. */
export const BASE = '/console'

/** All routes of the console, below `BASE`. */
export const pages = { start: '/' } as const
