/** The functions with which other features read and change the records of riders. */
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
