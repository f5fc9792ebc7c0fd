/** The functions with which other features read and delete the mails that they queued. */
export { deleteMails, readMailIds } from './mail-store.ts'
