import { chunks } from '#db/chunks.ts'
import type { DbReader, Tx } from '#db/schema.ts'

/** Those of these zones that another source has or had an entry for. Contributions of riders do not count. */
export async function zonesOfOtherSources(
  db: DbReader,
  source: string,
  zoneIds: readonly string[],
): Promise<Set<string>> {
  const found = new Set<string>()
  for (const run of chunks(zoneIds)) {
    const rows = await db
      .selectFrom('zone_sources')
      .select('zone_id')
      .where('zone_id', 'in', run)
      .where('source_id', '!=', source)
      .where('cell', 'is not', null)
      .execute()
    for (const { zone_id } of rows) found.add(zone_id)
  }
  return found
}

export async function deleteEntries(tx: Tx, source: string, refs: readonly string[]): Promise<void> {
  for (const run of chunks(refs)) {
    await tx.deleteFrom('zone_sources').where('source_id', '=', source).where('ref', 'in', run).execute()
  }
}

/** Deletes zones and the entries of all sources for them, but nothing that other features store about them. */
export async function deleteZoneRows(tx: Tx, zoneIds: readonly string[]): Promise<void> {
  for (const run of chunks(zoneIds)) {
    await tx.deleteFrom('zone_sources').where('zone_id', 'in', run).execute()
    await tx.deleteFrom('zones').where('id', 'in', run).execute()
  }
}

/** Deletes a source without entries, and the dates of its files. */
export async function deleteSource(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('snapshot_dates').where('source_id', '=', id).execute()
  await tx.deleteFrom('sources').where('id', '=', id).execute()
}
