import { can, DomainError } from '@kickstand/domain'
import type { DbReader, Tx } from '#db/schema.ts'
import { hashOfKey } from '#platform/ids.ts'
import { readAccountPrincipal } from '../people/account-principal.ts'
import type { LinksTable } from '../tables.ts'
import { spendLink } from './end-link.ts'
import { findLinkByHash } from './link-store.ts'

/**
 * Finds the link with this secret if it still works. If the account that created the link is suspended or has lost the right
 * to create it, the link no longer works. Throws `link-not-usable`.
 */
export async function findUsableLink(db: DbReader, secret: string, now: number): Promise<LinksTable> {
  const link = await findLinkByHash(db, hashOfKey(secret))
  if (link === undefined || link.used_at !== null || link.revoked_at !== null || link.expires_at <= now)
    throw linkNotUsable()
  if (!(await mayCreatorGive(db, link, now))) throw linkNotUsable()
  return link
}

/**
 * Marks a link as used, in the transaction of the change that it allows. If two requests use it at the same moment, only one
 * succeeds. Throws `link-not-usable` if the link no longer works.
 */
export async function useLink(tx: Tx, link: LinksTable, now: number): Promise<void> {
  if (!(await mayCreatorGive(tx, link, now)) || !(await spendLink(tx, link.id, now))) throw linkNotUsable()
}

async function mayCreatorGive(db: DbReader, link: LinksTable, now: number): Promise<boolean> {
  // Created by the command line or the first start.
  if (link.created_by === null) return true
  const creator = await readAccountPrincipal(db, link.created_by, now)
  if (creator === null) return false
  if (link.organisation_id === null) return can(creator, 'accounts:write')
  return can(creator, 'members:write', { organisationId: link.organisation_id })
}

/** One error for all reasons, because the page reacts to all of them in the same way. */
export function linkNotUsable(): DomainError {
  return new DomainError(
    'link-not-usable',
    'This link does not work. It was used or revoked, or has expired. Ask the person who sent it to you for a new one.',
  )
}

/** The error for an invitation if there is already an account with the e-mail address. */
export function signInToAccept(): DomainError {
  return new DomainError(
    'sign-in-required',
    'There already is an account with this e-mail address. Sign in with it, then open the link again to accept it.',
  )
}
