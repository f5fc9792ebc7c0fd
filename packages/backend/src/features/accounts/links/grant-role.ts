import { isOrganisationRole, isPlatformRole, ORGANISATION_ROLES, type OrganisationRole } from '@kickstand/domain'
import type { Tx } from '#db/schema.ts'
import { lockRights } from '../people/lock-rights.ts'
import { readAccount, updateAccount } from '../people/account-store.ts'
import { insertMembership, readMembership, updateMembershipRole } from '../people/membership-store.ts'
import type { LinksTable } from '../tables.ts'
import { revokeStartLinks } from './start-link.ts'

/** Makes concurrent changes of the rights that a link gives run one after the other. Call it first in the transaction. */
export async function lockRightsOf(tx: Tx, link: LinksTable): Promise<void> {
  await lockRights(tx, link.organisation_id ?? 'platform')
}

/** Roles of an account before and after, for the audit log. */
export type RoleChange = { readonly before: readonly string[]; readonly after: readonly string[] }

/** Gives an account the role of a link. If the account already has a higher role in the organisation, it keeps that role. */
export async function grantRole(tx: Tx, accountId: string, link: LinksTable, now: number): Promise<RoleChange> {
  const { role, organisation_id: organisationId } = link
  if (organisationId === null)
    return isPlatformRole(role ?? '') ? grantOnPlatform(tx, accountId, role ?? '', now) : NONE
  if (role === null || !isOrganisationRole(role)) return NONE
  const former = await readMembership(tx, organisationId, accountId)
  if (former === undefined) {
    await insertMembership(tx, { organisation_id: organisationId, account_id: accountId, role, created_at: now })
    return { before: [], after: [role] }
  }
  const higher = rank(role) > rank(former.role) ? role : former.role
  if (higher !== former.role) await updateMembershipRole(tx, organisationId, accountId, higher)
  return { before: [former.role], after: [higher] }
}

const NONE: RoleChange = { before: [], after: [] }

async function grantOnPlatform(tx: Tx, accountId: string, role: string, now: number): Promise<RoleChange> {
  const before = ((await readAccount(tx, accountId))?.roles ?? '').split(',').filter(isPlatformRole)
  const after = [...new Set<string>([...before, role])]
  if (after.length > before.length) await updateAccount(tx, accountId, { roles: after.join(',') })
  if (role === 'admin') await revokeStartLinks(tx, now)
  return { before, after }
}

function rank(role: OrganisationRole): number {
  return ORGANISATION_ROLES.indexOf(role)
}
