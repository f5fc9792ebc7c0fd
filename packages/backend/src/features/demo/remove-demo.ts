import { demoStatus } from './demo-status.ts'
import { deleteOrigins, deleteRiders, deleteSource, deleteZones, sharedZones, someZonesOf } from './demo-store.ts'
import { demoRiderIds } from './demo-riders.ts'
import type { EventLog } from '#db/event-log.ts'
import type { Db } from '#db/schema.ts'

const ZONES_PER_COMMIT = 2000

export type RemoveDemoDeps = { readonly db: Db; readonly eventLog: EventLog }
export type Removed = { readonly zones: number; readonly sources: readonly string[] }

/**
 * Deletes every simulated source with its zones, their reports and the simulated riders. Running servers get an event
 * per batch and update their boards. A zone that a real source lists too is kept. After an interruption, call it again
 * to continue.
 */
export async function removeDemo(
  { db, eventLog }: RemoveDemoDeps,
  onProgress: (removed: number, total: number) => void = () => {},
): Promise<Removed> {
  const { sources, simulatedZones } = await demoStatus(db)
  let zones = 0
  for (const source of sources) {
    for (;;) {
      const removed = await removeSome(eventLog, source)
      if (removed === 0) break
      zones += removed
      onProgress(zones, simulatedZones)
    }
    await eventLog.commit(async (tx, append) => {
      await deleteSource(tx, source)
      await deleteRiders(tx, demoRiderIds())
      append({ type: 'sources' })
    })
  }
  return { zones, sources }
}

/** Deletes some of a source's zones in one commit; returns 0 where none is left. */
function removeSome(eventLog: EventLog, source: string): Promise<number> {
  return eventLog.commit(async (tx, append) => {
    const origins = await someZonesOf(tx, source, ZONES_PER_COMMIT)
    if (origins.length === 0) return 0
    const ids = [...new Set(origins.map((origin) => origin.zone_id))]
    const shared = await sharedZones(tx, source, ids)
    await deleteOrigins(
      tx,
      source,
      origins.map((origin) => origin.ref),
    )
    await deleteZones(
      tx,
      ids.filter((id) => !shared.has(id)),
    )
    append({ type: 'zones', zoneIds: ids })
    return origins.length
  })
}
