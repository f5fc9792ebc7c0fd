import type { ReportBody } from '@kickstand/contract'
import type { Availability } from '@kickstand/domain'
import { availabilityJson, toTimestamp } from '#read-model/availability-json.ts'
import type { ReportsTable } from './tables.ts'

/** A stored report for the API, without its reporter. */
export function toReportBody(row: ReportsTable): ReportBody {
  return {
    id: row.id,
    zoneId: row.zone_id,
    kind: row.kind,
    count: row.count,
    level: row.level,
    problem: row.problem,
    observedAt: toTimestamp(row.observed_at),
    receivedAt: toTimestamp(row.received_at),
    distance: row.distance,
    overCapacity: row.over_capacity === 1,
    effect: row.effect,
  }
}

/** JSON of `ReportCreatedBody`. `JSON.stringify` is faster than a serializer generated from the schema. */
export function reportCreatedJson(row: ReportsTable, availability: Availability, now: number): string {
  return `{"report":${JSON.stringify(toReportBody(row))},"availability":${availabilityJson(availability, now)}}`
}
