import { DomainError } from '@kickstand/domain'
import type { DbReader, Tx } from '#db/schema.ts'
import type { MembershipsTable } from '../tables.ts'
import { readMembership, readOtherOwners } from './membership-store.ts'
import { isSuspended } from './suspension.ts'

/** Identifies the membership of an account in an organisation. */
export type MemberId = { readonly organisationId: string; readonly accountId: string }

/** Throws `account-not-found` if the account is not a member of the organisation. */
export async function requireMember(db: DbReader, { organisationId, accountId }: MemberId): Promise<MembershipsTable> {
  const membership = await readMembership(db, organisationId, accountId)
  if (membership !== undefined) return membership
  throw new DomainError('account-not-found', 'This organisation has no such member. Reload the list of its members.')
}

/**
 * Throws `last-holder` if a member is the only owner who can sign in, since otherwise nobody could manage the organisation.
 * Suspended owners do not count.
 */
export async function requireOtherOwner(tx: Tx, { organisationId, accountId }: MemberId, now: number): Promise<void> {
  const others = await readOtherOwners(tx, organisationId, accountId)
  if (others.some((other) => !isSuspended(other, now))) return
  throw new DomainError(
    'last-holder',
    'This is the only owner of the organisation. Make another member an owner first, then repeat this.',
  )
}
