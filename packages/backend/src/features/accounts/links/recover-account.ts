import type { LinkAcceptance } from '@kickstand/contract'
import { writeEntry } from '#audit/write-entry.ts'
import { runTransaction } from '#db/run-transaction.ts'
import { deleteCredentials } from '../credentials/credentials-store.ts'
import { updateAccount } from '../people/account-store.ts'
import { lockRights } from '../people/lock-rights.ts'
import { openSession } from '../sessions/open-session.ts'
import { deleteSessions } from '../sessions/session-store.ts'
import type { LinksTable } from '../tables.ts'
import type { Acceptance, AcceptLinkDeps } from './accept-link.ts'
import { actorOfLink } from './actor-of-link.ts'
import { readNewCredentials, storePasskey } from './new-credentials.ts'
import { accountToRecover } from './person-of-link.ts'
import { revokeLinks } from './revoke-links.ts'
import { useLink } from './usable-link.ts'

/**
 * Replaces all credentials of an account with the new one, ends its sessions and opens a new session. Tokens and open links
 * that the account created end too, because somebody else may have created them. If the person sets a password, the session has no second factor, so roles have no effect until the person adds one.
 * @returns the secret of that session
 */
export async function recoverAccount(
  deps: AcceptLinkDeps,
  link: LinksTable,
  input: LinkAcceptance,
  { origin, request }: Acceptance,
): Promise<string> {
  const now = deps.clock()
  const account = await accountToRecover(deps.db, link, now)
  const { passwordHash, passkey } = await readNewCredentials(deps, link, input, account)
  return runTransaction(deps, async (tx) => {
    // A concurrent request could give the person a platform role.
    await lockRights(tx, 'platform')
    const { id, password_hash: formerHash } = await accountToRecover(tx, link, now)
    await useLink(tx, link, now)
    await revokeLinks(tx, { purpose: 'recovery', account_id: id }, now)
    const former = await deleteCredentials(tx, id)
    await updateAccount(tx, id, { password_hash: passwordHash })
    await storePasskey(tx, id, passkey, origin.userAgent)
    const sessions = await deleteSessions(tx, id, null)
    const tokens = await deps.revokeTokensOf(tx, id, now)
    const links = (await revokeLinks(tx, { created_by: id }, now)).length
    await writeEntry(
      tx,
      { clock: deps.clock, actor: actorOfLink(link, request) },
      {
        action: 'accounts:recover',
        object: { kind: 'account', id },
        organisationId: link.organisation_id,
        before: { ...former, password: formerHash !== null, sessions, tokens, links },
        after: {
          passkeys: Number(passkey !== null),
          password: passwordHash !== null,
          sessions: 1,
          tokens: 0,
          links: 0,
        },
      },
    )
    return openSession(tx, deps, id, { hasSecondFactor: passkey !== null, origin })
  })
}
