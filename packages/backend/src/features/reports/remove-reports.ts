/** What other features do with the reports of zones and riders that they remove. */
export { deleteReportsOfRiders, deleteReportsOfZones, unlinkReports, zonesWithReports } from './report-removal-store.ts'
