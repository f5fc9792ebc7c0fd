import { writeEntry } from '#audit/write-entry.ts'
import type { EventLog } from '#db/event-log.ts'
import { runTransaction } from '#db/run-transaction.ts'
import type { Tx } from '#db/schema.ts'
import {
  erasePerson,
  forgetRidersOfPeople,
  readInvitedByMail,
  readOpenPeople,
  readPeopleToUnlink,
  updateOpenPerson,
} from '#features/accounts/predecessor/predecessor-people.ts'
import { eraseRider } from '#features/erasure/erase-rider.ts'
import { deleteMails, readMailIds } from '#features/mail/mail-records.ts'
import type { NewId } from '#platform/ids.ts'
import type { PeopleDeps } from './people-deps.ts'

export const ANSWER_DAYS = 90
/** How long people have to come, from their invitation, or from the import where nobody has invited them. */
export const ANSWER_MS = ANSWER_DAYS * 24 * 3_600_000
/** At most so many in one run, which is one transaction. */
const MAX_PEOPLE = 500
const MAX_RIDERS = 256

export type ExpireDeps = PeopleDeps & { readonly eventLog: EventLog; readonly newId: NewId }

/** What one run changed. `unsent`: invitations that were never sent; these people are in no wave again. */
export type ExpiredPeople = {
  readonly bounced: number
  readonly unsent: number
  readonly erased: number
  readonly unlinkedRiders: number
}

/**
 * The periodic work on people of the predecessor: unlinks the reports of those who are gone, notes whose invitation could
 * not be delivered, and erases who has not come within 90 days. A run that changed something writes one audit entry, in its
 * last transaction.
 */
export async function expirePeople(deps: ExpireDeps): Promise<ExpiredPeople> {
  const { db } = deps.database
  // Searches all reports, which is why a request to decline leaves it to this job.
  const gone = await readPeopleToUnlink(db, MAX_RIDERS)
  const riders = gone.flatMap(({ riderId }) => riderId ?? [])
  for (const riderId of riders) await eraseRider({ ...deps, db }, riderId)
  return runTransaction(deps.database, async (tx) => {
    const now = deps.clock()
    await forgetRidersOfPeople(tx, riders)
    await deleteMails(
      tx,
      gone.flatMap(({ mailId }) => mailId ?? []),
    )
    const done: ExpiredPeople = {
      ...(await noteUndelivered(tx, now)),
      erased: await eraseLate(tx, now),
      unlinkedRiders: riders.length,
    }
    if (Object.values(done).some((count) => count > 0)) {
      await writeEntry(tx, deps, {
        action: 'legacy-people:expire',
        object: { kind: 'job', id: 'predecessor-people' },
        before: null,
        after: done,
      })
    }
    return done
  })
}

async function noteUndelivered(tx: Tx, now: number): Promise<Pick<ExpiredPeople, 'bounced' | 'unsent'>> {
  const failed = await readInvitedByMail(tx, await readMailIds(tx, 'predecessor-invitation', 'failed'))
  for (const { id } of failed) await updateOpenPerson(tx, id, { state: 'bounced', ended_at: now })
  const unsent = await readInvitedByMail(tx, await readMailIds(tx, 'predecessor-invitation', 'expired'))
  for (const { id } of unsent)
    await updateOpenPerson(tx, id, { wave: null, invited_at: null, opt_out_hash: null, mail_id: null })
  return { bounced: failed.length, unsent: unsent.length }
}

async function eraseLate(tx: Tx, now: number): Promise<number> {
  let erased = 0
  for (const person of await readOpenPeople(tx, { before: now - ANSWER_MS, limit: MAX_PEOPLE })) {
    if (!(await erasePerson(tx, person, { state: 'erased', now }))) continue
    erased += 1
    if (person.mail_id !== null) await deleteMails(tx, [person.mail_id])
  }
  return erased
}
