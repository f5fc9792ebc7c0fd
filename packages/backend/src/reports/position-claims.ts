const WINDOW_MS = 30 * 60_000
const ZONES_PER_WINDOW = 10
/** Networks are forgotten together when there are so many: a few megabytes. */
const NETWORKS_KEPT = 20_000

/**
 * Whether a position that a rider without a record sends may be used. Anybody can invent a position, so each network gets ten
 * zones in half an hour, which is more than a rider on foot passes and far fewer than a script would change.
 */
export type PositionClaims = {
  /** Notes the claim. `network` null: the address tells nothing of the sender, and nothing is counted. */
  accept(network: string | null, zoneId: string, now: number): boolean
}

export function createPositionClaims(): PositionClaims {
  /** For each network, when each zone was first claimed in its half hour. */
  const claims = new Map<string, Map<string, number>>()

  function recentZones(network: string, now: number): Map<string, number> {
    const zones = claims.get(network) ?? new Map<string, number>()
    if (!claims.has(network)) {
      if (claims.size >= NETWORKS_KEPT) claims.clear()
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
