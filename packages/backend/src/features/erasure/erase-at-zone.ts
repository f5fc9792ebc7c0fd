import type { Append } from '#db/event-log.ts'
import type { Tx } from '#db/schema.ts'
import { eraseContributions } from '#features/contributions/remove-contributions.ts'
import { RIDERS_SOURCE } from '#features/contributions/riders-source.ts'
import { zoneIdsOf, zonesOfOtherSources } from '#features/zones/stored-sources.ts'
import { withdrawEntries } from '#features/zones/withdraw-entries.ts'
import type { NewId } from '#platform/ids.ts'
import { deleteZones } from './delete-zones.ts'
import { findUsedZones } from './find-used-zones.ts'

/** `now`: epoch milliseconds. */
export type EraseInputs = { readonly newId: NewId; readonly now: number }

/**
 * Erases what a rider contributed to a zone. A place that only they proposed is deleted, unless others reported on it: then
 * it stays as a retired zone with their reports.
 */
export async function eraseAtZone(
  tx: Tx,
  append: Append,
  riderId: string,
  zoneId: string,
  inputs: EraseInputs,
): Promise<void> {
  const erased = await eraseContributions(tx, append, riderId, zoneId, inputs)
  const places = erased.filter(({ field }) => field === 'exists')
  const stored = await zoneIdsOf(
    tx,
    RIDERS_SOURCE.id,
    places.map(({ id }) => id),
  )
  const entries = places.filter(({ id }) => stored.has(id)).map(({ id, lat, lng }) => ({ ref: id, lat, lng }))
  if (entries.length === 0) return
  const changedIds = await withdrawEntries(tx, RIDERS_SOURCE.id, entries, inputs.now)
  const zoneIds = [...new Set(stored.values())]
  const used = await findUsedZones(tx, zoneIds)
  const listed = await zonesOfOtherSources(tx, '', zoneIds)
  const orphaned = zoneIds.filter((id) => !used.has(id) && !listed.has(id))
  await deleteZones(tx, orphaned)
  append({ type: 'zones', zoneIds: [...new Set([...changedIds, ...zoneIds])] })
}
