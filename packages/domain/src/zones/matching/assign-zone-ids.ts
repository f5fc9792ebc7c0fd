import { compareTexts } from './match-entry.ts'

/** An entry with the id of its present zone, and the id of a zone of its own. */
export type EntryIds = {
  readonly zoneId: string | null
  readonly ownId: string
  /** Epoch milliseconds. */
  readonly firstSeenAt: number
}

/**
 * Assigns each cluster a zone id. Ids are stable: a cluster keeps the id of the oldest zone of its entries (`bornAt`: epoch
 * milliseconds by id; absent zones do not exist any more). A new zone gets the id of its first entry. Where a zone is split, the part
 * with the entry of that id keeps the id, otherwise the part with the oldest entry.
 */
export function assignZoneIds(
  clusters: readonly (readonly EntryIds[])[],
  bornAt: ReadonlyMap<string, number>,
): readonly string[] {
  const owners = new Map<string, { cluster: number; entry: EntryIds }>()
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
    const [oldest] = own.toSorted((a, b) => (bornAt.get(a) ?? 0) - (bornAt.get(b) ?? 0) || compareTexts(a, b))
    if (oldest !== undefined) return oldest
    const [first] = entries.toSorted(byAge)
    return first.ownId
  })
}

function isNearerTo(zoneId: string, entry: EntryIds, than: EntryIds): boolean {
  const byName = Number(entry.ownId === zoneId) - Number(than.ownId === zoneId)
  return byName !== 0 ? byName > 0 : byAge(entry, than) < 0
}

function byAge(a: EntryIds, b: EntryIds): number {
  return a.firstSeenAt - b.firstSeenAt || compareTexts(a.ownId, b.ownId)
}
