import type { Db, SourceRow } from '#db/schema.ts'

export type ZoneOriginRow = { source_id: string; ref: string; seen_at: number }

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

export async function readSources(db: Db): Promise<SourceRow[]> {
  return db.selectFrom('sources').selectAll().orderBy('id').execute()
}
