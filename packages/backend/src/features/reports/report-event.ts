import type { ReportEvent } from '#db/events.ts'
import type { ReportsTable } from './tables.ts'

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
    eventOrder: report.event_order,
    outlierProbability: report.outlier_probability,
    network: report.network,
    trusted: report.trusted === 1,
    // `checkReport` has verified that a report with these two properties was made within reach of the zone.
    withinReach: report.distance !== null && report.effect === 'estimate',
  }
}
