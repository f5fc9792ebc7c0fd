import { chunks } from './chunks.ts'
import type { Tx } from './schema.ts'

/**
 * Takes the next position in the order of zone changes. Its row stays locked until the transaction ends: so positions
 * become visible in order, and a client that has read up to one has missed none before it
 * (docs/decisions/0016-one-order-of-zone-changes.md).
 */
export async function nextPosition(tx: Tx): Promise<number> {
  await tx
    .updateTable('zone_positions')
    .set(({ eb }) => ({ position: eb('position', '+', 1) }))
    .where('id', '=', 1)
    .execute()
  const row = await tx.selectFrom('zone_positions').select('position').where('id', '=', 1).executeTakeFirstOrThrow()
  return Number(row.position)
}

/** Records that these zones changed at this position. */
export async function recordZoneChanges(
  tx: Tx,
  zoneIds: readonly string[],
  position: number,
  at: number,
): Promise<void> {
  for (const ids of chunks(zoneIds)) {
    await tx.deleteFrom('zone_changes').where('zone_id', 'in', ids).execute()
    await tx
      .insertInto('zone_changes')
      .values(ids.map((zone_id) => ({ zone_id, position, at })))
      .execute()
  }
}
