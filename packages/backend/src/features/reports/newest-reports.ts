/** What other features read of the newest reports. */
export { lastReportAt, readNewestOrder } from './report-store.ts'
