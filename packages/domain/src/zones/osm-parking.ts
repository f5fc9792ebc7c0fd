export type OsmTags = Readonly<Record<string, string>>

/** `own`: a parking for motorcycles. `shared`: a car park that says it takes them. */
export type OsmParking = 'own' | 'shared'

const NOT_IN_USE = ['disused', 'abandoned', 'demolished', 'removed', 'proposed', 'planned', 'construction']

/**
 * Whether an OSM object is motorcycle parking: `amenity=motorcycle_parking`, or `amenity=parking` with
 * `motorcycle=designated|yes` or a `capacity:motorcycle`. Lifecycle prefixes (`disused:amenity=…`) are other keys and so
 * never match; `disused=yes` beside a live tag takes the object out as well.
 */
export function motorcycleParking(tags: OsmTags): OsmParking | null {
  const amenity = tags['amenity']
  if (amenity === undefined || NOT_IN_USE.some((state) => tags[state] === 'yes')) return null
  const uses = amenity.split(';').map((use) => use.trim())
  if (uses.includes('motorcycle_parking')) return 'own'
  if (!uses.includes('parking')) return null
  const spaces = tags['capacity:motorcycle']
  if (spaces === '0' || spaces === 'no') return null
  const welcome = tags['motorcycle'] === 'designated' || tags['motorcycle'] === 'yes'
  return welcome || spaces !== undefined ? 'shared' : null
}
