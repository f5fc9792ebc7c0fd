import { eraseValues } from '#audit/erase-values.ts'
import type { Tx } from '#db/schema.ts'
import { readAccount } from '../people/account-store.ts'
import { deleteAccount, readLinksOfPerson } from '../people/erase-store.ts'
import { updateOpenPerson, type PersonRow } from './person-store.ts'

/**
 * Erases what is stored of a person who has not joined: account, e-mail address, name, password hash and the predecessor's id.
 * What stays is that somebody of this import declined or never came. Their reports are unlinked later, by a job.
 * `mail_id`: the caller deletes the mail.
 * @returns false where they have answered meanwhile
 */
export async function erasePerson(
  tx: Tx,
  { id, account_id: accountId, opt_out_hash: optOut }: PersonRow,
  { state, now }: { readonly state: 'declined' | 'erased'; readonly now: number },
): Promise<boolean> {
  const isErased = await updateOpenPerson(tx, id, {
    state,
    ended_at: now,
    account_id: null,
    user_ref: null,
    proposes_admin: 0,
    // A person who opens the link again sees that they have declined.
    opt_out_hash: state === 'declined' ? optOut : null,
    mail_id: null,
  })
  if (isErased && accountId !== null) await deleteInvitedAccount(tx, accountId)
  return isErased
}

/** Deletes an account that nobody has signed in with, its links, and what the audit log stores of the person. */
export async function deleteInvitedAccount(tx: Tx, id: string): Promise<void> {
  const account = await readAccount(tx, id)
  if (account === undefined) return
  const links = await readLinksOfPerson(tx, account)
  await eraseValues(tx, [id, ...links])
  await deleteAccount(tx, id, links)
}
