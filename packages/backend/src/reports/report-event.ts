import type { ReportEvent } from '#db/events.ts'
import type { ReportsTable } from '#db/schema.ts'

/** The event of a stored report. */
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
    // `checkReport` has verified that a report with these two properties was made within reach of the zone.
    near: report.distance !== null && report.effect === 'estimate',
  }
}
