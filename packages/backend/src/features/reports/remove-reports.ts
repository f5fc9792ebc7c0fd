/** What other features do with the reports of zones and riders that they remove. */
export { deleteReportsOfRiders, deleteReportsOfZones, zonesWithReports } from './report-removal-store.ts'
export { unlinkReports } from './unlink-reports.ts'
