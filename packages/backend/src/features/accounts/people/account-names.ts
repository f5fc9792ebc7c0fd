/** For lists of other features that name people. */
export { readAccountNames } from './account-name-store.ts'
