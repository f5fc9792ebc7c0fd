import { eraseValues } from '#audit/erase-values.ts'
import { writeEntry } from '#audit/write-entry.ts'
import { runTransaction } from '#db/run-transaction.ts'
import type { DbReader } from '#db/schema.ts'
import { deleteMailsTo } from '#features/mail/erase-mails.ts'
import { deleteNotificationsOf } from '#features/notifications/delete-notifications.ts'
import { changedMeanwhile } from '#http/if-match.ts'
import { markAccountErased } from '../predecessor/person-store.ts'
import { lockRights } from './lock-rights.ts'
import { readMemberships } from './membership-store.ts'
import { deleteAccount, readLinksOfPerson } from './erase-store.ts'
import type { PeopleDeps } from './people-deps.ts'
import { readReason } from './read-reason.ts'
import { requireAccount } from './require-account.ts'
import { requireOtherOwner } from './require-member.ts'
import { requireOtherAdmin } from './require-rights.ts'
import { rolesOf } from './roles-of.ts'

/**
 * Erases an account: its credentials, sessions, memberships, links, notifications and mails, and its personal data in the
 * audit log. The entries stay, without names. Tokens that the person created no longer work. Throws `account-not-found`, and
 * `last-holder` for the last admin and the only owner of an organisation.
 */
export async function eraseAccount(deps: PeopleDeps, id: string, given: string): Promise<void> {
  const reason = readReason(given)
  await requireAccount(deps.db, id)
  const locked = await ownedBy(deps.db, id)
  await runTransaction(deps, async (tx) => {
    await lockRights(tx, 'platform')
    for (const organisationId of locked) await lockRights(tx, organisationId)
    const now = deps.clock()
    const account = await requireAccount(tx, id)
    if (rolesOf(account).includes('admin')) await requireOtherAdmin(tx, id, now)
    for (const organisationId of await ownedBy(tx, id)) {
      // The person became an owner between the two reads.
      if (!locked.includes(organisationId)) throw changedMeanwhile()
      await requireOtherOwner(tx, { organisationId, accountId: id }, now)
    }
    const links = await readLinksOfPerson(tx, account)
    await eraseValues(tx, [id, ...links])
    await deleteAccount(tx, id, links)
    await markAccountErased(tx, id, now)
    await deleteNotificationsOf(tx, [{ kind: 'account', id }])
    await deleteMailsTo(tx, account.email)
    await writeEntry(tx, deps, {
      action: 'accounts:erase',
      object: { kind: 'account', id },
      before: { exists: true },
      after: null,
      reason,
    })
  })
}

/** The organisations that an account owns, in the order of their ids. */
async function ownedBy(db: DbReader, accountId: string): Promise<string[]> {
  const memberships = await readMemberships(db, accountId)
  return memberships.filter(({ role }) => role === 'owner').map(({ organisation_id }) => organisation_id)
}
