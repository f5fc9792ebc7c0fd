import type { EventLog } from '#db/event-log.ts'
import type { DbReader } from '#db/schema.ts'
import type { Clock } from '#platform/clock.ts'
import { findReportsOf, markAllRetracted } from './report-store.ts'

export type FoundReport = { readonly id: string; readonly zone_id: string }

/** Reports of a rider or a network that are not retracted. Scans the whole table: for commands, not for requests. */
export async function findReportsBy(
  db: DbReader,
  { kind, id }: { readonly kind: 'rider' | 'network'; readonly id: string },
): Promise<FoundReport[]> {
  return findReportsOf(db, kind === 'rider' ? 'rider_id' : 'network', id)
}

/** Retracts reports of any rider and age, so that they no longer count. Boards remove those that they still hold. */
export async function retractReports(
  { eventLog, clock }: { readonly eventLog: EventLog; readonly clock: Clock },
  reports: readonly FoundReport[],
): Promise<void> {
  await eventLog.commit(async (tx, append) => {
    await markAllRetracted(
      tx,
      reports.map(({ id }) => id),
      clock(),
    )
    for (const { id, zone_id } of reports) append({ type: 'retraction', reportId: id, zoneId: zone_id })
  })
}
