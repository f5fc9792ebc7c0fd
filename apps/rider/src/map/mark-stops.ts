import type { MapZone } from './map-types.ts'

/** The zones with the stops of a plan numbered. A stop that is not among the zones is added. */
export function markStops(zones: readonly MapZone[], stops: readonly MapZone[] = []): readonly MapZone[] {
  if (stops.length === 0) return zones
  const known = new Map(zones.map((zone) => [zone.id, zone]))
  const marked = stops.map((stop, i) => ({ ...(known.get(stop.id) ?? stop), mark: String(i + 1) }))
  const ids = new Set(stops.map(({ id }) => id))
  return [...zones.filter(({ id }) => !ids.has(id)), ...marked]
}
