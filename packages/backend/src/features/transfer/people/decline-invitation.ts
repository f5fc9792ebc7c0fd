import { DomainError } from '@kickstand/domain'
import type { Actor } from '#audit/actor.ts'
import { writeEntry } from '#audit/write-entry.ts'
import type { Database } from '#db/open-database.ts'
import { runTransaction } from '#db/run-transaction.ts'
import { erasePerson, findPersonByOptOut, readOpenPeople } from '#features/accounts/predecessor/predecessor-people.ts'
import { deleteMails } from '#features/mail/mail-records.ts'
import type { Clock } from '#platform/clock.ts'
import { hashOfKey } from '#platform/ids.ts'

type Deps = { readonly database: Pick<Database, 'db' | 'engine'>; readonly clock: Clock }

/**
 * Declines the invitation of a person of the predecessor, and erases what is stored of them. A second call has no effect.
 * `secret`: of the link in the mail. Throws `link-not-usable`, also where the person has joined or the account has a role.
 */
export async function declineInvitation(
  { database, clock }: Deps,
  secret: string,
  request: NonNullable<Actor['request']>,
): Promise<void> {
  await runTransaction(database, async (tx) => {
    const person = await findPersonByOptOut(tx, hashOfKey(secret))
    if (person === undefined) throw declineNotPossible()
    if (person.state === 'declined') return
    const before = { state: person.state }
    const [open] = await readOpenPeople(tx, { id: person.id, limit: 1 })
    // Somebody gave the account a role: whether it can go is for an admin to decide.
    if (open === undefined) throw declineNotPossible()
    if (!(await erasePerson(tx, person, { state: 'declined', now: clock() }))) throw declineNotPossible()
    if (person.mail_id !== null) await deleteMails(tx, [person.mail_id])
    await writeEntry(
      tx,
      { clock, actor: { kind: 'link', name: `link of ${person.id} to decline`, id: person.id, request } },
      {
        action: 'legacy-people:decline',
        object: { kind: 'predecessor-person', id: person.id },
        before,
        after: { state: 'declined' },
      },
    )
  })
}

function declineNotPossible(): DomainError {
  return new DomainError(
    'link-not-usable',
    'This link does not work: the account was taken over or has a role, or its data was erased. Ask an administrator.',
  )
}
