import { DomainError, readEmail, type AccountPrincipal, type PlatformRole } from '@kickstand/domain'
import { personal } from '#audit/personal-values.ts'
import { writeEntry } from '#audit/write-entry.ts'
import { runTransaction } from '#db/run-transaction.ts'
import { createLink, type CreatedLink } from './create-link.ts'
import { limitInvitations } from './limit-invitations.ts'
import { mailInvitation, type MailLinkDeps } from './mail-link.ts'
import { revokeLinks } from './revoke-links.ts'
import { readAccountByEmail } from '../people/account-store.ts'
import { lockRights } from '../people/lock-rights.ts'
import type { PeopleDeps } from '../people/people-deps.ts'
import { requireStillAllowed } from '../people/require-rights.ts'
import { rolesOf } from '../people/roles-of.ts'

/** The input for an invitation. `email`: in the stored form. */
export type PlatformInvitation = CreatedLink & {
  readonly email: string
  readonly role: PlatformRole
  readonly createdAt: number
}

/**
 * Invites a person to a platform role and sends the link by mail. Earlier invitations to the same address stop working.
 * Throws `invalid-request` for an invalid address, and for an account that has the role already, and the error of
 * `limitInvitations`.
 */
export async function createPlatformInvitation(
  deps: PeopleDeps & MailLinkDeps,
  by: AccountPrincipal,
  input: { readonly email: string; readonly role: PlatformRole },
): Promise<PlatformInvitation> {
  const email = readEmail(input.email)
  const { role } = input
  return runTransaction(deps, async (tx) => {
    await lockRights(tx, 'platform')
    const now = deps.clock()
    await requireStillAllowed(tx, by, 'accounts:write', now)
    const account = await readAccountByEmail(tx, email)
    if (account !== undefined && rolesOf(account).includes(role)) throw hasRole(email, role)
    await limitInvitations(tx, { email, organisationId: null, createdBy: by.accountId }, now)
    const replaced = await revokeLinks(tx, { purpose: 'invitation', email, organisation_id: null }, now)
    const link = await createLink(tx, deps, {
      purpose: 'invitation',
      email,
      role,
      organisation: null,
      accountId: null,
      createdBy: by.accountId,
    })
    const to = { email, language: account?.language ?? '' }
    await mailInvitation(tx, deps, to, link, null)
    await writeEntry(tx, deps, {
      action: 'invitations:create',
      object: { kind: 'invitation', id: link.id },
      before: null,
      after: { email: personal(email, account?.id ?? link.id), role, expiresAt: link.expiresAt, replaced },
    })
    return { ...link, email, role, createdAt: now }
  })
}

function hasRole(email: string, role: PlatformRole): DomainError {
  const message = `is ${role} already; nothing is left to accept`
  return new DomainError('invalid-request', `The account ${email} ${message}.`, [{ pointer: '/role', message }])
}
