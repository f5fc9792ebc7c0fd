import type { LinkAcceptance } from '@kickstand/contract'
import { DomainError } from '@kickstand/domain'
import { personal } from '#audit/personal-values.ts'
import { writeEntry } from '#audit/write-entry.ts'
import { runTransaction } from '#db/run-transaction.ts'
import { insertAccount, readAccountByEmail, updateAccount } from '../people/account-store.ts'
import { openSession } from '../sessions/open-session.ts'
import type { LinksTable } from '../tables.ts'
import type { Acceptance, AcceptLinkDeps } from './accept-link.ts'
import { actorOfLink } from './actor-of-link.ts'
import { grantRole, lockRightsOf } from './grant-role.ts'
import { readNewCredentials, storePasskey } from './new-credentials.ts'
import { newPersonOf, type NewPerson } from './person-of-link.ts'
import { signInToAccept, useLink } from './usable-link.ts'

/**
 * Creates an account with the role of a link, and opens a session.
 * @returns the secret of the session
 */
export async function createAccount(
  deps: AcceptLinkDeps,
  link: LinksTable,
  input: LinkAcceptance,
  { origin, language, request }: Acceptance,
): Promise<string> {
  const person = await newPersonOf(deps.db, link, input)
  const { passwordHash, passkey } = await readNewCredentials(deps, link, input, person)
  const now = deps.clock()
  const accountId = deps.newId()
  const { name, email } = person
  const work = runTransaction(deps, async (tx) => {
    await lockRightsOf(tx, link)
    await useLink(tx, link, now)
    await insertAccount(tx, { id: accountId, email, name, language, roles: '', created_at: now })
    if (passwordHash !== null) await updateAccount(tx, accountId, { password_hash: passwordHash })
    await storePasskey(tx, accountId, passkey, origin.userAgent)
    const { after: roles } = await grantRole(tx, accountId, link, now)
    await writeEntry(
      tx,
      { clock: deps.clock, actor: actorOfLink(link, request) },
      {
        action: 'accounts:create',
        object: { kind: 'account', id: accountId },
        organisationId: link.organisation_id,
        before: null,
        after: { name: personal(name, accountId), email: personal(email, accountId), roles },
      },
    )
    return openSession(tx, deps, accountId, { hasSecondFactor: passkey !== null, origin })
  })
  return work.catch((error: unknown) => explainDuplicate(deps, person, error))
}

/** The error if a concurrent request has used the same e-mail address or passkey. */
async function explainDuplicate({ db, engine }: AcceptLinkDeps, { email }: NewPerson, error: unknown): Promise<never> {
  if (!engine.isDuplicate(error)) throw error
  if ((await readAccountByEmail(db, email)) !== undefined) throw signInToAccept()
  throw new DomainError('invalid-request', 'This passkey belongs to another account. Make a new one.', [], error)
}
