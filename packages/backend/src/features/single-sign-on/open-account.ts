import { DomainError } from '@kickstand/domain'
import { writeEntry } from '#audit/write-entry.ts'
import type { Engine } from '#db/engine.ts'
import { runTransaction } from '#db/run-transaction.ts'
import {
  findIdentity,
  markIdentityUsed,
  readAccount,
  readMembership,
} from '#features/accounts/people/people-records.ts'
import { isSuspended } from '#features/accounts/people/suspension.ts'
import { openSession } from '#features/accounts/sessions/open-session.ts'
import type { SignInRequest } from '#features/accounts/sign-in/start-session.ts'
import type { NewId } from '#platform/ids.ts'
import type { Identified } from './finish-sign-in.ts'
import type { ProviderDeps } from './start-sign-in.ts'

type Deps = Pick<ProviderDeps, 'db' | 'clock'> & { readonly engine: Engine; readonly newId: NewId }

/**
 * Opens a session of the account that is connected to an identity. The e-mail address from the provider does not connect an
 * account; only the person can, while signed in. Only the role in this organisation has an effect on such a session, because
 * the provider belongs to the organisation.
 * @returns the secret of the session. Throws `sign-in-failed` if no account is connected, it is suspended, or it is no longer a
 * member.
 */
export async function openAccount(deps: Deps, identified: Identified, origin: SignInRequest): Promise<string> {
  const { identityId, organisationId, countsAsSecondFactor } = identified
  return runTransaction(deps, async (tx) => {
    const identity = await findIdentity(tx, identityId)
    const account = identity === undefined ? undefined : await readAccount(tx, identity.account_id)
    const membership = account === undefined ? undefined : await readMembership(tx, organisationId, account.id)
    if (account === undefined || membership === undefined || isSuspended(account, deps.clock())) {
      const text =
        'No account is connected with your organisation’s sign-in. Sign in another way first, then connect it under “My account”.'
      throw new DomainError('sign-in-failed', text)
    }
    await markIdentityUsed(tx, identityId, deps.clock())
    const request = { id: origin.id, network: origin.network }
    const name = `${account.name} <${account.email}>`
    await writeEntry(
      tx,
      { clock: deps.clock, actor: { kind: 'account', id: account.id, name, request } },
      {
        action: 'sessions:open',
        object: { kind: 'account', id: account.id },
        organisationId,
        before: null,
        after: { by: 'identity-provider', countsAsSecondFactor },
      },
    )
    return openSession(tx, deps, account.id, {
      hasSecondFactor: false,
      origin,
      provider: { organisationId, countsAsSecondFactor },
    })
  })
}
