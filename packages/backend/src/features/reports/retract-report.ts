import { DomainError } from '@kickstand/domain'
import type { EventLog } from '#db/event-log.ts'
import type { Clock } from '#platform/clock.ts'
import { findReport, markRetracted } from './report-store.ts'

/** How long a rider may undo a report. */
const UNDO_MS = 10 * 60_000

/**
 * Retracts a rider's own report, so that it no longer counts. Idempotent. Throws `report-not-found` (also for another
 * rider's report) and `undo-too-late`.
 */
export async function retractReport(
  { eventLog, clock }: { eventLog: EventLog; clock: Clock },
  riderId: string,
  reportId: string,
): Promise<void> {
  await eventLog.commit(async (tx, append) => {
    const report = await findReport(tx, reportId)
    if (report === undefined || report.rider_id !== riderId) {
      throw new DomainError('report-not-found', `This device made no report ${reportId}.`)
    }
    if (report.retracted_at !== null) return
    const now = clock()
    if (now - report.received_at > UNDO_MS) {
      throw new DomainError(
        'undo-too-late',
        'A report can be undone within 10 minutes. Send a new report with what you see now.',
      )
    }
    await markRetracted(tx, reportId, now)
    append({ type: 'retraction', reportId, zoneId: report.zone_id })
  })
}
