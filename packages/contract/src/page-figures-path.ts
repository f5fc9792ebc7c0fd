/**
 * Where pages send what they measured of themselves. Not in `paths`, all of which the first screen of the riders' page
 * loads: it is needed only after the first paint.
 */
export const PAGE_FIGURES_PATH = '/v1/page-figures'
