import type { InvitationBody } from '@kickstand/contract'
import { DomainError, readEmail, type OrganisationRole } from '@kickstand/domain'
import { personal } from '#audit/personal-values.ts'
import { writeEntry } from '#audit/write-entry.ts'
import { toTimestamp } from '#read-model/availability-json.ts'
import { readAccountByEmail } from '../people/account-store.ts'
import { changeRights, type RightsDeps } from '../people/change-rights.ts'
import { readMembership } from '../people/membership-store.ts'
import { createLink } from './create-link.ts'
import { limitInvitations } from './limit-invitations.ts'
import { mailInvitation, type MailLinkDeps } from './mail-link.ts'
import { revokeLinks } from './revoke-links.ts'

/** `secret`: that of the link; it is shown once. */
export type CreatedInvitation = { readonly invitation: InvitationBody; readonly secret: string }

/**
 * Invites a person to an organisation and sends the link by mail. Earlier invitations to the same address stop working.
 * Throws `invalid-request` for an invalid address or that of a member, and the error of `limitInvitations`.
 */
export async function createMemberInvitation(
  deps: RightsDeps & MailLinkDeps,
  organisation: { readonly id: string; readonly name: string },
  input: { readonly email: string; readonly role: OrganisationRole },
): Promise<CreatedInvitation> {
  const email = readEmail(input.email)
  const { role } = input
  const organisationId = organisation.id
  return changeRights(deps, { action: 'members:write', organisationId }, async (tx) => {
    const account = await readAccountByEmail(tx, email)
    if (account !== undefined && (await readMembership(tx, organisationId, account.id)) !== undefined)
      throw isMember(account.id)
    const now = deps.clock()
    await limitInvitations(tx, { email, organisationId, createdBy: deps.principal?.accountId ?? null }, now)
    const replaced = await revokeLinks(tx, { purpose: 'invitation', organisation_id: organisationId, email }, now)
    const createdBy = deps.principal?.accountId ?? null
    const link = { purpose: 'invitation', email, role, organisation, accountId: null, createdBy } as const
    const { id, secret, expiresAt } = await createLink(tx, deps, link)
    const to = { email, language: account?.language ?? '' }
    await mailInvitation(tx, deps, to, { id, secret }, organisation.name)
    await writeEntry(tx, deps, {
      action: 'invitations:create',
      object: { kind: 'invitation', id },
      organisationId,
      before: null,
      after: { email: personal(email, account?.id ?? id), role, expiresAt, replaced },
    })
    const times = { createdAt: toTimestamp(now), expiresAt: toTimestamp(expiresAt) }
    return { invitation: { id, email, role, state: 'waiting', ...times }, secret }
  })
}

function isMember(member: string): DomainError {
  const message = 'is that of a member of this organisation; change the role of that member instead'
  const errors = [{ pointer: '/email', message }]
  return new DomainError('invalid-request', `The e-mail address ${message}.`, errors, undefined, { member })
}
