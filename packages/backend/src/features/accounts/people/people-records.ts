/** What other features read of accounts and their sessions. */
export { readAccount } from './account-store.ts'
export { readSession } from '../sessions/session-store.ts'
