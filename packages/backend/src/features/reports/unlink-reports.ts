import type { ReportEvent } from '#db/events.ts'
import { rewriteEventsOf } from '#db/rewrite-events.ts'
import type { Tx } from '#db/schema.ts'
import type { NewId } from '#platform/ids.ts'
import { toReportEvent } from './report-event.ts'
import { renameReporter, reportsSince } from './report-removal-store.ts'

/** Boards hold reports since the last checkpoint of all zones, which is hourly: this is far more. */
const HELD_MS = 2 * 24 * 60 * 60_000

/**
 * Keeps the reports of riders as observations of nobody, also in stored events.
 * @returns the reports that boards may still hold, with their new reporters, for the event of the same transaction
 */
export async function unlinkReports(
  tx: Tx,
  riderIds: readonly string[],
  { newId, now }: { readonly newId: NewId; readonly now: number },
): Promise<ReportEvent[]> {
  const held: ReportEvent[] = []
  for (const riderId of riderIds) {
    const recent = (await reportsSince(tx, riderId, now - HELD_MS)).map(toReportEvent)
    const newIds = await renameReporter(tx, riderId, newId)
    const elsewhere = newId()
    const unlink = (report: ReportEvent): ReportEvent => ({
      ...report,
      riderId: newIds.get(report.zoneId) ?? elsewhere,
      network: null,
    })
    held.push(...recent.map(unlink))
    await rewriteEventsOf(tx, riderId, elsewhere, unlink)
  }
  return held
}
