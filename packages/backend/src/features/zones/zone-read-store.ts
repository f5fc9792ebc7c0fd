import { chunks } from '#db/chunks.ts'
import type { Db, DbReader } from '#db/schema.ts'
import type { SourceRow } from './tables.ts'

export type ZoneOriginRow = { source_id: string; ref: string; seen_at: number }

/** The entries of sources that a zone is made of, without retired ones. */
export async function readOrigins(db: Db, zoneId: string): Promise<ZoneOriginRow[]> {
  const rows = await db
    .selectFrom('zone_sources')
    .select(['source_id', 'ref', 'seen_at'])
    .where('zone_id', '=', zoneId)
    .where('status', '!=', 'retired')
    .orderBy('source_id')
    .orderBy('ref')
    .execute()
  return rows.map((row) => ({ ...row, seen_at: Number(row.seen_at) }))
}

export async function readSources(db: DbReader): Promise<SourceRow[]> {
  return db.selectFrom('sources').selectAll().orderBy('id').execute()
}

/** Number of zones, on the map or not. */
export async function countZones(db: DbReader): Promise<number> {
  const { zones } = await db
    .selectFrom('zones')
    .select(({ fn }) => fn.countAll<number>().as('zones'))
    .executeTakeFirstOrThrow()
  return zones
}

/** How many zones are on the map. */
export async function countShownZones(db: DbReader): Promise<number> {
  const { zones } = await db
    .selectFrom('zones')
    .select(({ fn }) => fn.countAll<number>().as('zones'))
    .where('status', '!=', 'retired')
    .executeTakeFirstOrThrow()
  return Number(zones)
}

/** Whether there is a zone, on the map or not. */
export async function hasAnyZone(db: DbReader): Promise<boolean> {
  return (await db.selectFrom('zones').select('id').limit(1).executeTakeFirst()) !== undefined
}

/** The next zone ids after one, in order, of all zones, on the map or not. */
export async function zoneIdsAfter(db: Db, after: string, limit: number): Promise<string[]> {
  const rows = await db.selectFrom('zones').select('id').where('id', '>', after).orderBy('id').limit(limit).execute()
  return rows.map((row) => row.id)
}

/** Names of zones, where they have one. */
export async function readZoneNames(db: DbReader, zoneIds: readonly string[]): Promise<Map<string, string>> {
  const names = new Map<string, string>()
  if (zoneIds.length === 0) return names
  const rows = await db
    .selectFrom('zones')
    .select(['id', 'name'])
    .where('id', 'in', [...new Set(zoneIds)])
    .execute()
  for (const { id, name } of rows) if (name !== null) names.set(id, name)
  return names
}

/** Names of zones, and the zones that they were merged into. */
export async function readMergedNames(
  db: DbReader,
  ids: readonly string[],
): Promise<ReadonlyMap<string, { readonly name: string | null; readonly mergedInto: string | null }>> {
  const found = new Map<string, { name: string | null; mergedInto: string | null }>()
  for (const part of chunks(ids)) {
    const rows = await db.selectFrom('zones').select(['id', 'name', 'merged_into']).where('id', 'in', part).execute()
    for (const row of rows) found.set(row.id, { name: row.name, mergedInto: row.merged_into })
  }
  return found
}
