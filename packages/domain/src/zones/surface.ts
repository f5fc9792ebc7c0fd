/** Whether a surface supports a side-stand: it sinks into `soft` ones. */
export const SURFACE_KINDS = ['hard', 'soft'] as const
export type SurfaceKind = (typeof SURFACE_KINDS)[number]

const HARD =
  /^(?:paved|asphalt|chipseal|concrete(?::(?:lanes|plates))?|paving_stones(?::.*)?|sett|cobblestone(?::.*)?|unhewn_cobblestone|bricks?|metal|metal_grid|rock|stone|tiles|acrylic)$/
const SOFT =
  /^(?:unpaved|gravel|fine_gravel|pebblestone|grass|grass_paver|ground|dirt|earth|mud|sand|soil|woodchips|clay|snow|compacted|shells)$/

/** The kind of an OSM `surface`; null where it is not known (wood, non-standard values). */
export function surfaceKind(surface: string | null): SurfaceKind | null {
  if (surface === null) return null
  return HARD.test(surface) ? 'hard' : SOFT.test(surface) ? 'soft' : null
}
