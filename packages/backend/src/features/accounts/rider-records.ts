/** What other features read and change of riders' records. */
export { clearRecords, deleteRiders, insertRiders, readHistory, rowsOfRiders, updateRiderTrust } from './rider-store.ts'
