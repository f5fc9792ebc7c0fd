/** What other features read of the checkpoints. */
export { checkpointedUpTo } from './estimate-store.ts'
