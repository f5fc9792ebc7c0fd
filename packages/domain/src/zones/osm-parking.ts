import { allowsEntry } from './osm-access.ts'
import type { OsmTags } from './osm-special.ts'
import { streetParking } from './osm-street.ts'

/** `own`: parking for motorcycles, including a side of a street. `shared`: car or bicycle parking that allows motorcycles. */
export type OsmParking = 'own' | 'shared'

const NOT_IN_USE = ['disused', 'abandoned', 'demolished', 'removed', 'proposed', 'planned', 'construction', 'closed']
const AFFIRMATIVE = /^(?:yes|true|1|permanent|permanently)$/i
const OUT_OF_SERVICE =
  /^(?:closed|non[- ]?operational|out[_ ]of[_ ](?:order|service)|broken|inoperative|abandoned|disused)/i

/**
 * Whether an OSM object is motorcycle parking: `amenity=motorcycle_parking`; a `parking_space` that is designated for them;
 * `amenity=parking|bicycle_parking` that allows them (`motorcycle=designated|yes|…`) or has a `capacity:motorcycle`; or a street
 * with `parking:left|right|both:*` for motorcycles. Lifecycle prefixes (`disused:amenity=…`) are other keys, so they never match.
 * An object with `disused=yes` or `operational_status=closed` is excluded as well.
 */
export function motorcycleParking(tags: OsmTags): OsmParking | null {
  if (NOT_IN_USE.some((state) => AFFIRMATIVE.test(tags[state] ?? ''))) return null
  if (OUT_OF_SERVICE.test(tags['operational_status'] ?? '')) return null
  const amenity = tags['amenity']
  if (amenity === undefined) return streetParking(tags) === null ? null : 'own'
  const uses = amenity.split(';').map((use) => use.trim())
  if (uses.includes('motorcycle_parking')) return 'own'
  const motorcycle = tags['motorcycle'] ?? tags['access:motorcycle']
  if (uses.includes('parking_space')) {
    return motorcycle === 'designated' || tags['parking_space'] === 'motorcycle' ? 'own' : null
  }
  if (!uses.includes('parking') && !uses.includes('bicycle_parking')) return null
  const spaces = tags['capacity:motorcycle']
  if (spaces === '0' || spaces === 'no') return null
  return spaces !== undefined || allowsEntry(motorcycle) ? 'shared' : null
}
