import type { ReportEvent } from '#db/events.ts'
import type { ReportsTable } from '#db/schema.ts'

/** A stored report as boards hear of it. */
export function toReportEvent(report: ReportsTable): ReportEvent {
  return {
    id: report.id,
    zoneId: report.zone_id,
    riderId: report.rider_id,
    kind: report.kind,
    count: report.count,
    level: report.level,
    problem: report.problem,
    observedAt: report.observed_at,
    effect: report.effect,
    foldAt: report.fold_at,
    junk: report.junk,
    network: report.network,
    vouched: report.vouched === 1,
    // A report that counts for the present and has a position was made within reach of the zone, see `checkReport`.
    near: report.distance !== null && report.effect === 'estimate',
  }
}
