import { eraseValues } from '#audit/erase-values.ts'
import type { Tx } from '#db/schema.ts'
import { readAccount } from '../people/account-store.ts'
import { deleteAccount, readLinksOfPerson } from '../people/erase-store.ts'
import { updateOpenPerson, type PersonRow } from './person-store.ts'

/**
 * Erases what is stored of a person who has not joined: account, e-mail address, name, password hash and the predecessor's
 * id. Only the fact that a person of this import declined or did not sign in is kept. A job unlinks their reports later.
 * `mail_id`: the mail, which the caller deletes.
 * @returns false if they have answered in the meantime
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

/** Deletes an account that was never used, its links, and the personal data of the person in the audit log. */
export async function deleteInvitedAccount(tx: Tx, id: string): Promise<void> {
  const account = await readAccount(tx, id)
  if (account === undefined) return
  const links = await readLinksOfPerson(tx, account)
  await eraseValues(tx, [id, ...links])
  await deleteAccount(tx, id, links)
}
