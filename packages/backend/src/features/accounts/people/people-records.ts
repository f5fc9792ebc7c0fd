/** The functions with which other features read and change accounts, their sessions and their identities at providers. */
export { readAccount, type AccountRow } from './account-store.ts'
export {
  deleteIdentitiesAt,
  deleteIdentity,
  findIdentity,
  insertIdentity,
  markIdentityUsed,
  readIdentities,
} from './identity-store.ts'
export { readMembership } from './membership-store.ts'
export { deleteProviderSessions, readSession, setProviderFactor } from '../sessions/session-store.ts'
