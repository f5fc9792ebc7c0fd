import { demoStatus } from './demo-status.ts'
import { demoRiderIds } from './demo-riders.ts'
import { writeEntry, type AuditDeps } from '#audit/write-entry.ts'
import type { EventLog } from '#db/event-log.ts'
import type { Db, Tx } from '#db/schema.ts'
import { deleteZones } from '#features/erasure/delete-zones.ts'
import { eraseRiders } from '#features/erasure/erase-riders.ts'
import { deleteReportsOfRiders } from '#features/reports/remove-reports.ts'
import { deleteEntries, deleteSource, entriesAfter, zonesOfOtherSources } from '#features/zones/stored-sources.ts'
import { newId } from '#platform/ids.ts'

const ZONES_PER_COMMIT = 2000

export type RemoveDemoDeps = AuditDeps & { readonly db: Db; readonly eventLog: EventLog }
export type Removed = { readonly zones: number; readonly sources: readonly string[] }

type OnProgress = (removed: number, total: number) => void
/** Writes the audit entry in the last transaction of a source. */
type OnLast = (tx: Tx, source: string, zones: number) => Promise<void>

/**
 * Deletes every simulated source with its zones, all that is stored about them, and the simulated riders. Running
 * servers get an event per batch and update their boards. A zone that a real source lists too is kept. After an
 * interruption, call it again to continue.
 */
export async function removeDemo(deps: RemoveDemoDeps, onProgress: OnProgress = () => {}): Promise<Removed> {
  return removeSimulated(deps, onProgress, (tx, source, zones) =>
    writeEntry(tx, deps, {
      action: 'demos:remove',
      object: { kind: 'source', id: source },
      before: { zones },
      after: null,
    }),
  )
}

/** `removeDemo` as a part of another change, which has the audit entry of both. */
export async function removeSimulated(
  { db, eventLog, clock }: Omit<RemoveDemoDeps, 'actor'>,
  onProgress: OnProgress = () => {},
  onLast: OnLast = () => Promise.resolve(),
): Promise<Removed> {
  const { sources, simulatedZones } = await demoStatus(db)
  let zones = 0
  for (const source of sources) {
    let ofSource = 0
    for (;;) {
      const removed = await removeSome(eventLog, source)
      if (removed === 0) break
      ofSource += removed
      zones += removed
      onProgress(zones, simulatedZones)
    }
    await eventLog.commit(async (tx, append) => {
      await deleteSource(tx, source)
      const riders = demoRiderIds()
      await deleteReportsOfRiders(tx, riders)
      await eraseRiders(tx, append, riders, { newId, now: clock() })
      append({ type: 'sources' })
      await onLast(tx, source, ofSource)
    })
  }
  return { zones, sources }
}

/** Deletes some of a source's zones in one commit; returns 0 where none is left. */
function removeSome(eventLog: EventLog, source: string): Promise<number> {
  return eventLog.commit(async (tx, append) => {
    const entries = await entriesAfter(tx, source, '', ZONES_PER_COMMIT)
    if (entries.length === 0) return 0
    const ids = [...new Set(entries.map(({ zoneId }) => zoneId))]
    const shared = await zonesOfOtherSources(tx, source, ids)
    await deleteEntries(
      tx,
      source,
      entries.map(({ ref }) => ref),
    )
    await deleteZones(
      tx,
      ids.filter((id) => !shared.has(id)),
    )
    append({ type: 'zones', zoneIds: ids })
    return entries.length
  })
}
