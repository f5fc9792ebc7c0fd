/** What an import of another program's reports needs. */
export { countMarkedReports, deleteReports, insertNewReports, markedReportsAfter } from './history-store.ts'
