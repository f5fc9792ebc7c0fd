/**
 * Values of Cache-Control, in one place. Lifetimes in seconds. Responses without one of these are not cached
 * (`registerLimiter` first sets `NO_STORE` on every response), so nothing is shared by mistake.
 */

/** For responses to one rider, and for requests with the rider's position in the URL. */
export const NO_STORE = 'no-store'

/** The page itself: browsers revalidate it on each request, so that a new version is used at once. */
export const REVALIDATE = 'no-cache'

/** For files whose name changes with the content. */
export const IMMUTABLE = 'public, max-age=31536000, immutable'

/** Availability: shared caches send at most one request per second and zone; browsers do not reuse a response. */
export const FIGURES = 'public, max-age=0, s-maxage=1'

/** Positions of zones: at most 80 s old in a shared cache, which answers 19 of 20 requests from one per second on. */
export const PLACES = 'public, max-age=10, s-maxage=20, stale-while-revalidate=60'

/** The first request of the page; the same for all. */
export const APP_CONFIG = 'public, max-age=0, s-maxage=10'

/** Data that seldom changes: sources and their terms, the description of the API. */
export const TERMS = 'public, max-age=60, stale-while-revalidate=300'
