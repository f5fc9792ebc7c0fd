/** What other features read and delete of mails that they queued. */
export { deleteMails, readMailIds } from './mail-store.ts'
