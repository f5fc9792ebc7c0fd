import type { Tx } from '#db/schema.ts'
import { markAbsent, type ListedEntry } from './entry-store.ts'
import { reconcileZones } from './reconcile-zones.ts'
import { deleteEntries } from './zone-removal-store.ts'

/**
 * Deletes entries of a source, after their zones were derived again from the entries of other sources. A zone without
 * any other entry is retired: its caller decides whether it is deleted.
 * @returns the ids of the changed zones, for the event of the same transaction
 */
export async function withdrawEntries(
  tx: Tx,
  source: string,
  entries: readonly Pick<ListedEntry, 'ref' | 'lat' | 'lng'>[],
  now: number,
): Promise<string[]> {
  await markAbsent(tx, source, entries, 'retired', now)
  const touched = entries.map(({ ref, lat, lng }) => {
    return { source, ref, before: lat === null || lng === null ? null : { lat, lng } }
  })
  const changedIds = await reconcileZones(tx, touched, source, now)
  const refs = entries.map(({ ref }) => ref)
  await deleteEntries(tx, source, refs)
  return changedIds
}
