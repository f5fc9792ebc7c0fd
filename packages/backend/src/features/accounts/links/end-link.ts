import type { Tx } from '#db/schema.ts'
import { endWaitingMail } from '#features/mail/erase-mails.ts'
import { markLinkRevoked, markLinkUsed } from './link-store.ts'

/**
 * Uses up a link. The text of its mail, which contains the link, is deleted if the mail still waits. Returns false if the link
 * was already used or revoked, or has expired.
 */
export async function spendLink(tx: Tx, id: string, now: number): Promise<boolean> {
  if (!(await markLinkUsed(tx, id, now))) return false
  await endWaitingMail(tx, id, now)
  return true
}

/** Revokes a link, and deletes the text of its mail as `spendLink` does. Returns false if it was already used or revoked. */
export async function revokeLink(tx: Tx, id: string, now: number): Promise<boolean> {
  if (!(await markLinkRevoked(tx, id, now))) return false
  await endWaitingMail(tx, id, now)
  return true
}
