import { sql } from 'kysely'
import { chunks } from '#db/chunks.ts'
import type { Row, Tx } from '#db/schema.ts'
import type { NewId } from '#platform/ids.ts'

export async function deleteReportsOfZones(tx: Tx, zoneIds: readonly string[]): Promise<void> {
  for (const run of chunks(zoneIds)) await tx.deleteFrom('reports').where('zone_id', 'in', run).execute()
}

export async function deleteReportsOfRiders(tx: Tx, riderIds: readonly string[]): Promise<void> {
  for (const run of chunks(riderIds)) await tx.deleteFrom('reports').where('rider_id', 'in', run).execute()
}

/**
 * Gives the reports of a rider to nobody: another random id at each zone, without network, key and hash of the request. So the
 * reports of one rider at one zone still count as those of one reporter, and their reports at different zones can no longer be
 * joined.
 * @returns the new id at each zone
 */
export async function renameReporter(tx: Tx, riderId: string, newId: NewId): Promise<Map<string, string>> {
  const places = await tx.selectFrom('reports').select('zone_id').distinct().where('rider_id', '=', riderId).execute()
  const newIds = new Map(places.map(({ zone_id }) => [zone_id, newId()]))
  for (const [zone_id, rider_id] of newIds) {
    await tx
      .updateTable('reports')
      .set({
        rider_id,
        network: null,
        idempotency: null,
        payload_hash: sql<string>`case when payload_hash like 'legacy:%' then payload_hash else '' end`,
      })
      .where('zone_id', '=', zone_id)
      .where('rider_id', '=', riderId)
      .execute()
  }
  return newIds
}

/** Reports of a rider that arrived since a time (epoch milliseconds) and are not retracted. */
export async function reportsSince(tx: Tx, riderId: string, since: number): Promise<Row<'reports'>[]> {
  return tx
    .selectFrom('reports')
    .selectAll()
    .where('rider_id', '=', riderId)
    .where('received_at', '>=', since)
    .where('retracted_at', 'is', null)
    .orderBy('id')
    .execute()
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
