import { chunks } from '#db/chunks.ts'
import type { Tx } from '#db/schema.ts'
import type { NewId } from '#platform/ids.ts'

/** Deletes what riders contributed to zones, with the photos. */
export async function deleteContributionsOfZones(tx: Tx, zoneIds: readonly string[]): Promise<void> {
  for (const run of chunks(zoneIds)) {
    for (const table of ['contributions', 'contribution_votes', 'photos'] as const) {
      await tx.deleteFrom(table).where('zone_id', 'in', run).execute()
    }
  }
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

/**
 * Deletes the votes and photos of riders, and their contributions that nobody else supports and that are not shown. The
 * others stay under a random id, since they are facts of a zone.
 */
export async function eraseContributionsOfRiders(tx: Tx, riderIds: readonly string[], newId: NewId): Promise<void> {
  for (const run of chunks(riderIds)) {
    for (const table of ['contribution_votes', 'photos'] as const) {
      await tx.deleteFrom(table).where('rider_id', 'in', run).execute()
    }
    await tx
      .deleteFrom('contributions')
      .where('rider_id', 'in', run)
      .where('state', 'not in', ['shown', 'accepted'])
      .where(({ exists, not, selectFrom }) =>
        not(
          exists(
            selectFrom('contribution_votes')
              .select('contribution_votes.rider_id')
              .whereRef('contribution_votes.zone_id', '=', 'contributions.zone_id')
              .whereRef('contribution_votes.field', '=', 'contributions.field'),
          ),
        ),
      )
      .execute()
    const kept = await tx.selectFrom('contributions').select('id').where('rider_id', 'in', run).execute()
    for (const { id } of kept) {
      await tx.updateTable('contributions').set({ rider_id: newId() }).where('id', '=', id).execute()
    }
  }
}
