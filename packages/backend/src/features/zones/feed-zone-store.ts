import { chunks } from '#db/chunks.ts'
import type { DbReader } from '#db/schema.ts'
import { namesByRef } from './entry-name-store.ts'

/** A zone that a feed has readings of. `ref` is what the feed calls it. */
export type FeedZone = { readonly ref: string; readonly zoneId: string; readonly capacity: number | null }

/** Zones by the references that a feed uses now: some entries had another reference at first (`entry_names`). */
export async function zonesByRef(db: DbReader, feedId: string, refs: readonly string[]): Promise<FeedZone[]> {
  const nameOf = await namesByRef(db, feedId, refs)
  const found: FeedZone[] = []
  for (const run of chunks([...nameOf.keys()])) {
    const rows = await db
      .selectFrom('zone_sources')
      .innerJoin('zones', 'zones.id', 'zone_sources.zone_id')
      .select(['zone_sources.ref', 'zones.id as zoneId', 'zones.capacity'])
      .where('zone_sources.source_id', '=', feedId)
      .where('zone_sources.ref', 'in', run)
      .where('zones.status', '!=', 'retired')
      .execute()
    found.push(...rows.map((row) => ({ ...row, ref: nameOf.get(row.ref) ?? row.ref })))
  }
  return found
}

/** Zones by their ids; `ref` is the id. */
export async function zonesById(db: DbReader, ids: readonly string[]): Promise<FeedZone[]> {
  const found: FeedZone[] = []
  for (const run of chunks(ids)) {
    const rows = await db
      .selectFrom('zones')
      .select(['id', 'capacity'])
      .where('id', 'in', run)
      .where('status', '!=', 'retired')
      .execute()
    found.push(...rows.map(({ id, capacity }) => ({ ref: id, zoneId: id, capacity })))
  }
  return found
}

/** The capacities of zones, on the map or not, by id; null for an unknown capacity. */
export async function readCapacities(db: DbReader, ids: readonly string[]): Promise<Map<string, number | null>> {
  const found = new Map<string, number | null>()
  for (const run of chunks(ids)) {
    const rows = await db.selectFrom('zones').select(['id', 'capacity']).where('id', 'in', run).execute()
    for (const { id, capacity } of rows) found.set(id, capacity)
  }
  return found
}
