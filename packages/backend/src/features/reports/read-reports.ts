/** What other features read of the reports. */
export { toReportBody } from './report-body.ts'
export { reportsOfRiderAfter } from './rider-report-store.ts'
export { lastReportAt, readFullness, readNewestOrder, type FullnessReport } from './report-store.ts'
