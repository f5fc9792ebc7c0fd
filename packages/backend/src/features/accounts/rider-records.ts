/** What other features read and change of riders' records. */
export { clearRecords, readHistory, rowsOfRiders, updateRiderTrust } from './rider-store.ts'
