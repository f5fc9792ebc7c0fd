/** What other features read of the reports. */
export { lastReportAt, readFullness, readNewestOrder, type FullnessReport } from './report-store.ts'
