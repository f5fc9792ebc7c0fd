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

/** Whether a source other than `source` lists a zone. True where it cannot be told: what is listed is harder to take away. */
export async function isListedByAnother(tx: Tx, source: string, zoneId: string): Promise<boolean> {
  const rows = await tx
    .selectFrom('zone_sources')
    .select(['source_id', 'status', 'cell'])
    .where('zone_id', '=', zoneId)
    .execute()
  const isTheirs = rows.some(({ source_id, status }) => source_id !== source && status !== 'retired')
  return isTheirs || !rows.some(({ source_id, cell }) => source_id === source && cell !== null)
}

export async function deleteWord(tx: Tx, { source, ref }: EntryName): Promise<void> {
  await tx.deleteFrom('zone_sources').where('source_id', '=', source).where('ref', '=', ref).execute()
}
