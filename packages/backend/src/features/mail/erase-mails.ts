/** The functions with which other features delete the mails to a person whom they erase. */
export { deleteMailsTo } from './mail-store.ts'
