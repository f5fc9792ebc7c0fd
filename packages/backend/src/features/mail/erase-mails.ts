/** What other features do with the mails to a person whom they erase. */
export { deleteMailsTo } from './mail-store.ts'
