import type { EntryName } from '@kickstand/domain'
import type { Tx } from '#db/schema.ts'

/** The zone that a claim belongs to; after zones were merged, the surviving one. Null where there is no claim. */
export async function zoneOfClaim(tx: Tx, { source, ref }: EntryName): Promise<string | null> {
  const row = await tx
    .selectFrom('zone_sources')
    .select('zone_id')
    .where('source_id', '=', source)
    .where('ref', '=', ref)
    .executeTakeFirst()
  return row?.zone_id ?? null
}

/** Stores a claim about a zone: an entry without a cell, so that it never becomes a zone of its own. */
export async function putClaim(
  tx: Tx,
  name: EntryName,
  zoneId: string,
  columns: { facts: string; field_changed_at: string; fingerprint: string; seen_at: number },
): Promise<void> {
  await deleteClaim(tx, name)
  await tx
    .insertInto('zone_sources')
    .values({
      source_id: name.source,
      ref: name.ref,
      zone_id: zoneId,
      ...columns,
      missing_since: null,
      first_seen_at: columns.seen_at,
    })
    .execute()
}

/**
 * Whether a source other than `source` lists a zone. True where this is unknown, because a listed zone is harder to
 * remove.
 */
export async function isListedByAnother(tx: Tx, source: string, zoneId: string): Promise<boolean> {
  const rows = await tx
    .selectFrom('zone_sources')
    .select(['source_id', 'status', 'cell'])
    .where('zone_id', '=', zoneId)
    .execute()
  const isListed = rows.some(({ source_id, status }) => source_id !== source && status !== 'retired')
  return isListed || !rows.some(({ source_id, cell }) => source_id === source && cell !== null)
}

export async function deleteClaim(tx: Tx, { source, ref }: EntryName): Promise<void> {
  await tx.deleteFrom('zone_sources').where('source_id', '=', source).where('ref', '=', ref).execute()
}
