import { compareTexts } from './match-entry.ts'

/** An entry as naming sees it: the zone it is in now, and the id that a zone of its own would have. */
export type NamedEntry = {
  readonly zoneId: string | null
  readonly ownId: string
  /** Epoch milliseconds. */
  readonly firstSeenAt: number
}

/**
 * Gives each cluster the id of its zone. Ids stay: a cluster keeps the id of the eldest zone that it comes from (`bornAt`, epoch
 * milliseconds, by id; zones that are not in it have gone), a new one is called after its first entry. Where a zone falls apart, the
 * part with the entry that it is called after keeps the id, or else the part with the eldest entry.
 */
export function assignZoneIds(
  clusters: readonly (readonly NamedEntry[])[],
  bornAt: ReadonlyMap<string, number>,
): readonly string[] {
  const owners = new Map<string, { cluster: number; entry: NamedEntry }>()
  for (const [cluster, entries] of clusters.entries()) {
    for (const entry of entries) {
      if (entry.zoneId === null || !bornAt.has(entry.zoneId)) continue
      const owner = owners.get(entry.zoneId)
      if (owner === undefined || isNearerTo(entry.zoneId, entry, owner.entry))
        owners.set(entry.zoneId, { cluster, entry })
    }
  }
  const kept = Map.groupBy(owners, ([, { cluster }]) => cluster)
  return clusters.map((entries, cluster) => {
    const own = (kept.get(cluster) ?? []).map(([id]) => id)
    const [eldest] = own.toSorted((a, b) => (bornAt.get(a) ?? 0) - (bornAt.get(b) ?? 0) || compareTexts(a, b))
    if (eldest !== undefined) return eldest
    const [first] = entries.toSorted(byAge)
    return first.ownId
  })
}

function isNearerTo(zoneId: string, entry: NamedEntry, than: NamedEntry): boolean {
  const byName = Number(entry.ownId === zoneId) - Number(than.ownId === zoneId)
  return byName !== 0 ? byName > 0 : byAge(entry, than) < 0
}

function byAge(a: NamedEntry, b: NamedEntry): number {
  return a.firstSeenAt - b.firstSeenAt || compareTexts(a.ownId, b.ownId)
}
