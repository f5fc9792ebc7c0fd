import type { OwnAccountChanges } from '@kickstand/contract'
import { readName } from '@kickstand/domain'
import { personal } from '#audit/personal-values.ts'
import { writeEntry } from '#audit/write-entry.ts'
import { runTransaction } from '#db/run-transaction.ts'
import { changedMeanwhile } from '#http/if-match.ts'
import { signInRequired } from '#http/auth/principal.ts'
import type { ChangeOwnDeps, Self } from '../sessions/change-own.ts'
import { readAccount, updateAccount } from './account-store.ts'
import { requireStill } from './require-still.ts'

const MAX_NAME_LENGTH = 100

/**
 * Changes the name or language of a person. Does nothing if both stay the same. Throws `invalid-request`, and `changed-meanwhile` if the version of the account
 * differs.
 */
export async function changeOwnProfile(
  deps: ChangeOwnDeps,
  { account: self, actor }: Self,
  changes: OwnAccountChanges,
  version: number,
): Promise<void> {
  const { accountId } = self
  const name = changes.name === undefined ? undefined : readName(changes.name, MAX_NAME_LENGTH)
  await runTransaction(deps, async (tx) => {
    await requireStill(tx, self, 'own-account', deps.clock())
    const before = await readAccount(tx, accountId)
    if (before === undefined) throw signInRequired()
    const after = { name: name ?? before.name, language: changes.language ?? before.language }
    if (before.version === version && after.name === before.name && after.language === before.language) return
    // The version is checked too, so that `before` in the audit entry is the state that this change replaced.
    if (before.version !== version || !(await updateAccount(tx, accountId, after, version))) throw changedMeanwhile()
    await writeEntry(
      tx,
      { actor, clock: deps.clock },
      {
        action: 'accounts:change',
        object: { kind: 'account', id: accountId },
        before: { name: personal(before.name, accountId), language: before.language },
        after: { name: personal(after.name, accountId), language: after.language },
      },
    )
  })
  deps.sessions.forget()
}
