import type { MapZone } from '../map-types.ts'

/**
 * The zones that say something new: a newer observation or another state. Growing older is no news, and a zone that has
 * only come into view has not changed.
 */
export function changedZones(before: ReadonlyMap<string, MapZone>, after: readonly MapZone[]): MapZone[] {
  return after.filter((zone) => {
    const old = before.get(zone.id)?.availability
    const now = zone.availability
    if (old === undefined) return false
    return old.state !== now.state || (now.observedAt !== null && old.observedAt !== now.observedAt)
  })
}
