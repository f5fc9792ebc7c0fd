const WINDOW_MS = 30 * 60_000
const ZONES_PER_WINDOW = 10
/** At this number of networks, a few megabytes, all are dropped. */
const MAX_NETWORKS = 20_000

/**
 * Decides whether the position of a rider without a record is used. Anybody can invent a position, so each network may
 * claim ten zones per half hour: more than a rider on foot passes, and far fewer than a script would change.
 */
export type PositionClaims = {
  /** Records the claim. `network` null: the address does not identify the sender, so nothing is counted. */
  accept(network: string | null, zoneId: string, now: number): boolean
}

/** No claims yet. They are counted in this process only. */
export function createPositionClaims(): PositionClaims {
  /** For each network, when each zone was first claimed in its half hour. */
  const claims = new Map<string, Map<string, number>>()

  function recentZones(network: string, now: number): Map<string, number> {
    const zones = claims.get(network) ?? new Map<string, number>()
    if (!claims.has(network)) {
      if (claims.size >= MAX_NETWORKS) claims.clear()
      claims.set(network, zones)
    }
    for (const [zone, at] of zones) if (now - at >= WINDOW_MS) zones.delete(zone)
    return zones
  }

  return {
    accept(network, zoneId, now) {
      if (network === null) return true
      const zones = recentZones(network, now)
      if (zones.has(zoneId)) return true
      if (zones.size >= ZONES_PER_WINDOW) return false
      zones.set(zoneId, now)
      return true
    },
  }
}
