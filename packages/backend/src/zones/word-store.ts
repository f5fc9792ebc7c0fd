import type { EntryName } from '@kickstand/domain'
import type { Tx } from '#db/schema.ts'

/** The zone that somebody's word is of now: where its zone became another, it went along. Null where there is none. */
export async function zoneOfWord(tx: Tx, { source, ref }: EntryName): Promise<string | null> {
  const row = await tx
    .selectFrom('zone_sources')
    .select('zone_id')
    .where('source_id', '=', source)
    .where('ref', '=', ref)
    .executeTakeFirst()
  return row?.zone_id ?? null
}

/** Writes an entry that speaks of a zone and is none by itself: it has no cell. */
export async function putWord(
  tx: Tx,
  name: EntryName,
  zoneId: string,
  columns: { facts: string; since_of: string; fingerprint: string; seen_at: number },
): Promise<void> {
  await deleteWord(tx, name)
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

export async function deleteWord(tx: Tx, { source, ref }: EntryName): Promise<void> {
  await tx.deleteFrom('zone_sources').where('source_id', '=', source).where('ref', '=', ref).execute()
}
