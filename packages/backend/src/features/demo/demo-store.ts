import type { DbReader, Tx } from '#db/schema.ts'

const IDS_PER_QUERY = 500

export type SourceCount = {
  readonly id: string
  readonly name: string
  readonly simulated: boolean
  readonly zones: number
}

/** Every source with its number of zones, interrupted imports included. */
export async function countSources(db: DbReader): Promise<SourceCount[]> {
  const rows = await db.selectFrom('sources').select(['id', 'name', 'simulated']).orderBy('id').execute()
  const counts = await db
    .selectFrom('zone_sources')
    .select(({ fn }) => ['source_id', fn.countAll().as('zones')])
    .groupBy('source_id')
    .execute()
  const zones = new Map(counts.map((row) => [row.source_id, Number(row.zones)]))
  return rows.map((row) => ({ ...row, simulated: row.simulated === 1, zones: zones.get(row.id) ?? 0 }))
}

export async function hasAnyZone(db: DbReader): Promise<boolean> {
  return (await db.selectFrom('zones').select('id').limit(1).executeTakeFirst()) !== undefined
}

/** Some of a source's zones, ordered by reference. */
export async function someZonesOf(
  db: DbReader,
  source: string,
  limit: number,
): Promise<{ ref: string; zone_id: string }[]> {
  return db
    .selectFrom('zone_sources')
    .select(['ref', 'zone_id'])
    .where('source_id', '=', source)
    .orderBy('ref')
    .limit(limit)
    .execute()
}

/** Those of these zones that another source lists. Contributions of riders do not count. */
export async function sharedZones(db: DbReader, source: string, zoneIds: readonly string[]): Promise<Set<string>> {
  const shared = new Set<string>()
  for (const ids of chunks(zoneIds)) {
    const rows = await db
      .selectFrom('zone_sources')
      .select('zone_id')
      .where('zone_id', 'in', ids)
      .where('source_id', '!=', source)
      .where('cell', 'is not', null)
      .execute()
    for (const row of rows) shared.add(row.zone_id)
  }
  return shared
}

export async function deleteOrigins(tx: Tx, source: string, refs: readonly string[]): Promise<void> {
  for (const some of chunks(refs)) {
    await tx.deleteFrom('zone_sources').where('source_id', '=', source).where('ref', 'in', some).execute()
  }
}

/** Deletes zones with all their reports. */
export async function deleteZones(tx: Tx, zoneIds: readonly string[]): Promise<void> {
  for (const ids of chunks(zoneIds)) {
    await tx.deleteFrom('reports').where('zone_id', 'in', ids).execute()
    await tx.deleteFrom('estimates').where('zone_id', 'in', ids).execute()
    for (const table of ['zone_sources', 'contributions', 'contribution_votes', 'photos'] as const) {
      await tx.deleteFrom(table).where('zone_id', 'in', ids).execute()
    }
    await tx.deleteFrom('zones').where('id', 'in', ids).execute()
  }
}

export async function deleteSource(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('sources').where('id', '=', id).execute()
}

/** Deletes these riders with their reports. */
export async function deleteRiders(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.deleteFrom('reports').where('rider_id', 'in', ids).execute()
  await tx.deleteFrom('riders').where('id', 'in', ids).execute()
}

function* chunks(list: readonly string[]): Generator<readonly string[]> {
  for (let from = 0; from < list.length; from += IDS_PER_QUERY) yield list.slice(from, from + IDS_PER_QUERY)
}
