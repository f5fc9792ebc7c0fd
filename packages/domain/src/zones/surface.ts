/** Whether a side-stand holds on it: `hard` carries it, into `soft` it sinks. */
export const SURFACE_KINDS = ['hard', 'soft'] as const
export type SurfaceKind = (typeof SURFACE_KINDS)[number]

const HARD =
  /^(?:paved|asphalt|chipseal|concrete(?::(?:lanes|plates))?|paving_stones(?::.*)?|sett|cobblestone(?::.*)?|unhewn_cobblestone|bricks?|metal|metal_grid|rock|stone|tiles|acrylic)$/
const SOFT =
  /^(?:unpaved|gravel|fine_gravel|pebblestone|grass|grass_paver|ground|dirt|earth|mud|sand|soil|woodchips|clay|snow|compacted|shells)$/

/** What an OSM `surface` is under a side-stand; null where that is not known (wood, a word of somebody's own). */
export function surfaceKind(surface: string | null): SurfaceKind | null {
  if (surface === null) return null
  return HARD.test(surface) ? 'hard' : SOFT.test(surface) ? 'soft' : null
}
