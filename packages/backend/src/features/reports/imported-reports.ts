/** What an import of another program's reports needs. */
export {
  countMarkedReports,
  deleteReports,
  findImportedReport,
  insertNewReports,
  markedReportsAfter,
} from './history-store.ts'
