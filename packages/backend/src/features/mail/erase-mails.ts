/** The functions with which other features delete mails of a person whom they erase, and end a mail whose link has ended. */
export { deleteMailsTo, endWaitingMail } from './mail-store.ts'
