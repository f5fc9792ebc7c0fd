/** What the import of the predecessor's people does with their accounts. */
export { deleteInvitedAccount, erasePerson } from './erase-person.ts'
export {
  countPeople,
  countWave,
  markInvited,
  readInvitedByEmail,
  readInvitedByMail,
  readProposedAdmins,
  readStaying,
  readUninvited,
} from './invitation-store.ts'
export { findUsedEmails, insertInvitedAccounts } from './invited-account-store.ts'
export {
  deleteOpenPerson,
  findPeople,
  findPersonByOptOut,
  forgetRidersOfPeople,
  insertPeople,
  readOpenPeople,
  readPeopleToUnlink,
  updateOpenPerson,
} from './person-store.ts'
