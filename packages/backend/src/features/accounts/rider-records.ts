/** What other features read and change of riders' records. */
export {
  clearRecords,
  deleteRiders,
  insertRiders,
  readHistory,
  readRider,
  riderIdsAfter,
  rowsOfRiders,
  updateRiderTrust,
} from './rider-store.ts'
