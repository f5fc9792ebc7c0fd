import { chunks } from '#db/chunks.ts'
import type { DbReader, Tx } from '#db/schema.ts'

/** Deletes what riders contributed to zones, with the photos. */
export async function deleteContributionsOfZones(tx: Tx, zoneIds: readonly string[]): Promise<void> {
  for (const run of chunks(zoneIds)) {
    for (const table of ['contributions', 'contribution_votes', 'photos'] as const) {
      await tx.deleteFrom(table).where('zone_id', 'in', run).execute()
    }
  }
}

/** Deletes the photos of riders, such as those of an import that is rolled back. */
export async function deletePhotosOfRiders(tx: Tx, riderIds: readonly string[]): Promise<void> {
  for (const run of chunks(riderIds)) await tx.deleteFrom('photos').where('rider_id', 'in', run).execute()
}

/** Those of these zones that riders contributed to. */
export async function zonesWithContributions(tx: Tx, zoneIds: readonly string[]): Promise<string[]> {
  const found: string[] = []
  for (const run of chunks(zoneIds)) {
    for (const table of ['contributions', 'photos'] as const) {
      const rows = await tx.selectFrom(table).select('zone_id').distinct().where('zone_id', 'in', run).execute()
      found.push(...rows.map(({ zone_id }) => zone_id))
    }
  }
  return found
}

/** Zones that a rider contributed to, in any form. */
export async function zonesContributedTo(db: DbReader, riderId: string): Promise<string[]> {
  const found = new Set<string>()
  for (const table of ['contributions', 'contribution_votes', 'photos'] as const) {
    const rows = await db.selectFrom(table).select('zone_id').distinct().where('rider_id', '=', riderId).execute()
    for (const { zone_id } of rows) found.add(zone_id)
  }
  return [...found].toSorted()
}

/** Deletes the votes, also undone ones, and the photos of a rider at a zone. */
export async function deleteVotesAndPhotos(tx: Tx, riderId: string, zoneId: string): Promise<void> {
  for (const table of ['contribution_votes', 'photos'] as const) {
    await tx.deleteFrom(table).where('zone_id', '=', zoneId).where('rider_id', '=', riderId).execute()
  }
}

export async function deleteContribution(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('contributions').where('id', '=', id).execute()
}
