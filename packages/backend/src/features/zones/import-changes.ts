import type { DbReader } from '#db/schema.ts'
import type { ImportRow } from './import-rows.ts'
import type { KnownRow } from './entry-store.ts'
import { readMergedNames } from './zone-read-store.ts'
import { isMoved, metresOf, type ZoneChange } from './zone-change.ts'

/** The rows of a batch, by kind of change. */
type Sorted = {
  readonly added: readonly ImportRow[]
  readonly updated: readonly ImportRow[]
  readonly back: readonly ImportRow[]
}

/**
 * The changes of a report for rows that change something. `zoneIds`: the zone of each entry after it was written, by
 * reference. `changedIds`: the ids of zones that changed; null in a dry run.
 */
export function changesOf(
  { added, updated, back }: Sorted,
  known: ReadonlyMap<string, KnownRow>,
  zoneIds: ReadonlyMap<string, string>,
  changedIds: ReadonlySet<string> | null,
): ZoneChange[] {
  const line = (row: ImportRow, kind: ZoneChange['kind']): ZoneChange => {
    const was = known.get(row.ref)
    const zoneId = zoneIds.get(row.entry) ?? was?.zoneId ?? row.zoneId
    const way = metresOf(was, row.facts)
    const moved = kind === 'updated' && isMoved(way.metres)
    return { kind: moved ? 'moved' : kind, zoneId, ref: row.ref, name: row.facts.name, ...way }
  }
  return [
    // A new zone has the id of its first entry.
    ...added.map((row) => line(row, changedIds?.has(row.zoneId) === false ? 'joined' : 'added')),
    ...updated.map((row) => line(row, 'updated')),
    ...back.map((row) => line(row, 'returned')),
  ]
}

/** Changes of zones without a changed entry of their own: a neighbour was added, removed or moved. */
export async function neighbourChanges(
  db: DbReader,
  changedIds: readonly string[],
  changes: readonly ZoneChange[],
): Promise<ZoneChange[]> {
  const listed = new Set(changes.map(({ zoneId }) => zoneId))
  const others = changedIds.filter((id) => !listed.has(id))
  const zones = await readMergedNames(db, others)
  return others.map((zoneId): ZoneChange => {
    const { name = null, mergedInto = null } = zones.get(zoneId) ?? {}
    return mergedInto === null
      ? { kind: 'updated', zoneId, ref: null, name, reason: 'an entry of the same or a nearby place changed' }
      : { kind: 'merged', zoneId, ref: null, name, reason: `it was merged into the zone ${mergedInto}` }
  })
}
