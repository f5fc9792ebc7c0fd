/**
 * What caches may do with answers: the values of Cache-Control, in one place. Lifetimes in seconds. An answer that names none
 * of these is kept nowhere (`registerLimiter` sets `NEVER` on every answer first), so nothing is shared by oversight.
 */

/** Of one device, or asked for with the rider's position in the address: that stands in no cache of ours or others'. */
export const NEVER = 'no-store'

/** The page itself: kept by browsers, asked for each time, so that a new version is seen at once. */
export const ASK_EACH_TIME = 'no-cache'

/** Its name changes with its content. */
export const FOR_EVER = 'public, max-age=31536000, immutable'

/** Figures: a thousand phones at one zone are one question a second, and no phone takes an older answer from itself. */
export const FIGURES = 'public, max-age=0, s-maxage=1'

/** Where zones are: at most 80 s behind at a shared cache, and its share of the work is 19 of 20 from one question a second on. */
export const PLACES = 'public, max-age=10, s-maxage=20, stale-while-revalidate=60'

/** What the page asks first; the same for all. */
export const APP_CONFIG = 'public, max-age=0, s-maxage=10'

/** What seldom changes: sources and their terms, the description of the API. */
export const TERMS = 'public, max-age=60, stale-while-revalidate=300'
