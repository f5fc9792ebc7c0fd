import { runTransaction } from '#db/run-transaction.ts'
import type { Tx } from '#db/schema.ts'
import {
  deleteInvitedAccount,
  deleteOpenPerson,
  readOpenPeople,
  readStaying,
} from '#features/accounts/predecessor/predecessor-people.ts'
import { deleteMails } from '#features/mail/mail-records.ts'
import type { PeopleDeps } from './people-deps.ts'

const BATCH = 200

/** `stay`: accounts that are more than an invitation, with the reason. */
export type RolledBackPeople = {
  readonly people: number
  readonly stay: readonly { readonly accountId: string; readonly email: string; readonly reason: string }[]
}

/**
 * Takes back the people of an import who have not joined. Those who declined stay known as such, so that another import does
 * not bring them back.
 */
export async function rollBackPeople(
  { database }: Pick<PeopleDeps, 'database'>,
  id: string,
): Promise<RolledBackPeople> {
  let people = 0
  for (;;) {
    const batch = await runTransaction(database, (tx) => removeBatch(tx, id))
    people += batch.removed
    if (batch.read < BATCH) break
  }
  const stay = (await readStaying(database.db, id)).map(({ accountId, email, state }) => {
    return { accountId, email, reason: state === 'joined' ? 'has joined' : 'has a role or membership' }
  })
  return { people, stay }
}

async function removeBatch(tx: Tx, id: string): Promise<{ readonly read: number; readonly removed: number }> {
  let removed = 0
  const people = await readOpenPeople(tx, { source: id, limit: BATCH })
  for (const { id: personId, account_id: accountId, mail_id: mailId } of people) {
    // First, so that somebody who signs in at this moment keeps the account.
    if (!(await deleteOpenPerson(tx, personId))) continue
    removed += 1
    if (mailId !== null) await deleteMails(tx, [mailId])
    if (accountId !== null) await deleteInvitedAccount(tx, accountId)
  }
  return { read: people.length, removed }
}
