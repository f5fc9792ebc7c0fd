import { DomainError } from '@kickstand/domain'
import type { Actor } from '#audit/actor.ts'
import { writeEntry, type AuditDeps } from '#audit/write-entry.ts'
import type { Engine } from '#db/engine.ts'
import { runTransaction } from '#db/run-transaction.ts'
import type { Db, Tx } from '#db/schema.ts'
import { mailChange, requireOwnFactor } from '#features/accounts/credentials/change-credentials.ts'
import {
  deleteIdentity,
  deleteProviderSessions,
  findIdentity,
  insertIdentity,
  readAccount,
  readMembership,
  readSession,
  type AccountRow,
} from '#features/accounts/people/people-records.ts'
import { isSuspended } from '#features/accounts/people/suspension.ts'
import { isPast, sessionLimits, type SessionSettings } from '#features/accounts/sessions/session-limits.ts'
import type { Clock } from '#platform/clock.ts'
import type { Identified } from './finish-sign-in.ts'

type Deps = { readonly db: Db; readonly engine: Engine; readonly clock: Clock; readonly config: SessionSettings }

/**
 * Connects an identity to the account of the session that started the sign-in. The request comes from the provider's site, so
 * browsers do not send the session cookie with it. The cookie of the sign-in shows that it is the same browser. What was true
 * when the sign-in started is checked again. Throws `sign-in-failed` if the session has ended or the person is no longer a
 * member, `identity-in-use` if the identity belongs to another account, and the errors of `requireOwnFactor`.
 */
export async function connectIdentity(
  deps: Deps,
  { identityId, organisationId, sessionId }: Identified & { readonly sessionId: string },
  request: Actor['request'],
): Promise<void> {
  await runTransaction(deps, async (tx) => {
    const account = await readAccountOf(tx, sessionId, deps)
    if ((await readMembership(tx, organisationId, account.id)) === undefined)
      throw new DomainError('sign-in-failed', 'You are no longer a member of this organisation. Ask one of its owners.')
    await requireOwnFactor(tx, { accountId: account.id, sessionId })
    const known = await findIdentity(tx, identityId)
    if (known?.account_id === account.id) return
    if (known !== undefined)
      throw new DomainError('identity-in-use', 'This sign-in of your organisation is connected with another account.')
    await deleteIdentity(tx, account.id, organisationId)
    await insertIdentity(tx, {
      id: identityId,
      organisation_id: organisationId,
      account_id: account.id,
      created_at: deps.clock(),
      used_at: null,
    })
    const actor: Actor = {
      kind: 'account',
      id: account.id,
      name: `${account.name} <${account.email}>`,
      ...(request === undefined ? {} : { request }),
    }
    await writeEntry(
      tx,
      { clock: deps.clock, actor },
      {
        action: 'identities:connect',
        object: { kind: 'account', id: account.id },
        organisationId,
        before: null,
        after: { organisationId },
      },
    )
    await mailChange(tx, deps.clock, { accountId: account.id }, 'provider')
  })
}

/** The account of a session. Throws `sign-in-failed` if the session has ended or the account is suspended. */
async function readAccountOf(tx: Tx, sessionId: string, { clock, config }: Deps): Promise<AccountRow> {
  const session = await readSession(tx, sessionId)
  const isOver = session === undefined || isPast(session, sessionLimits(config), clock())
  const account = isOver ? undefined : await readAccount(tx, session.account_id)
  if (account === undefined || isSuspended(account, clock()))
    throw new DomainError('sign-in-failed', 'Your session has ended meanwhile. Sign in and connect again.')
  return account
}

/** Disconnects an account from the provider of an organisation, and ends the sessions opened through it. Throws `not-found`. */
export async function disconnectIdentity(
  deps: AuditDeps & { readonly db: Db; readonly engine: Engine },
  accountId: string,
  organisationId: string,
): Promise<void> {
  await runTransaction(deps, async (tx) => {
    if (!(await deleteIdentity(tx, accountId, organisationId)))
      throw new DomainError('not-found', 'Your account is not connected with this organisation’s sign-in.')
    await writeEntry(tx, deps, {
      action: 'identities:disconnect',
      object: { kind: 'account', id: accountId },
      organisationId,
      before: { organisationId },
      after: null,
    })
    await deleteProviderSessions(tx, organisationId, accountId)
    await mailChange(tx, deps.clock, { accountId }, 'provider')
  })
}
