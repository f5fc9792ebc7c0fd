import type { MapZone } from '../map-types.ts'

/**
 * The zones with a newer observation or another state. A higher age is not a change, and a zone that has just come into
 * view is not changed.
 */
export function changedZones(before: ReadonlyMap<string, MapZone>, after: readonly MapZone[]): MapZone[] {
  return after.filter((zone) => {
    const old = before.get(zone.id)?.availability
    const now = zone.availability
    if (old === undefined) return false
    return old.state !== now.state || (now.observedAt !== null && old.observedAt !== now.observedAt)
  })
}
