import { chunks } from '#db/chunks.ts'
import type { Tx } from '#db/schema.ts'
import type { NewId } from '#platform/ids.ts'

export async function deleteReportsOfZones(tx: Tx, zoneIds: readonly string[]): Promise<void> {
  for (const run of chunks(zoneIds)) await tx.deleteFrom('reports').where('zone_id', 'in', run).execute()
}

/** Scans the whole table: for commands, not for requests. */
export async function deleteReportsOfRiders(tx: Tx, riderIds: readonly string[]): Promise<void> {
  for (const run of chunks(riderIds)) await tx.deleteFrom('reports').where('rider_id', 'in', run).execute()
}

/**
 * Keeps the reports of riders as observations of nobody: a rider becomes another random id at each zone. So the reports
 * of one rider at one zone still count as those of one reporter, and their reports at different zones can no longer be
 * joined, neither by the rider nor by the network. Scans the whole table: for commands, not for requests.
 */
export async function unlinkReports(tx: Tx, riderIds: readonly string[], newId: NewId): Promise<void> {
  for (const run of chunks(riderIds)) {
    const places = await tx
      .selectFrom('reports')
      .select(['rider_id', 'zone_id'])
      .distinct()
      .where('rider_id', 'in', run)
      .execute()
    for (const { rider_id, zone_id } of places) {
      await tx
        .updateTable('reports')
        .set({ rider_id: newId(), network: null, idempotency: null })
        .where('zone_id', '=', zone_id)
        .where('rider_id', '=', rider_id)
        .execute()
    }
  }
}

/** Those of these zones that have reports. */
export async function zonesWithReports(tx: Tx, zoneIds: readonly string[]): Promise<string[]> {
  const found: string[] = []
  for (const run of chunks(zoneIds)) {
    const rows = await tx.selectFrom('reports').select('zone_id').distinct().where('zone_id', 'in', run).execute()
    found.push(...rows.map(({ zone_id }) => zone_id))
  }
  return found
}
