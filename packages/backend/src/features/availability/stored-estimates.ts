/** What other features read and delete of the stored estimates. */
export { checkpointedUpTo, deleteEstimatesOfZones } from './estimate-store.ts'
