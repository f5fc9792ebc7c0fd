import { can, DomainError } from '@kickstand/domain'
import type { DbReader, Tx } from '#db/schema.ts'
import { hashOfKey } from '#platform/ids.ts'
import { readAccountPrincipal } from '../people/account-principal.ts'
import type { LinksTable } from '../tables.ts'
import { findLinkByHash, markLinkUsed } from './link-store.ts'

/**
 * The link with a secret, if it still works. A link gives no more than the account that created it still may give: once that
 * account is suspended or has lost the right, its links are dead. Throws `link-not-usable`.
 */
export async function findUsableLink(db: DbReader, secret: string, now: number): Promise<LinksTable> {
  const link = await findLinkByHash(db, hashOfKey(secret))
  if (link === undefined || link.used_at !== null || link.revoked_at !== null || link.expires_at <= now)
    throw linkNotUsable()
  if (!(await mayCreatorGive(db, link, now))) throw linkNotUsable()
  return link
}

/**
 * Uses up a link in the transaction of what it allows: of two that use it at the same moment, one does. Throws
 * `link-not-usable` where it has ended meanwhile.
 */
export async function useLink(tx: Tx, link: LinksTable, now: number): Promise<void> {
  if (!(await mayCreatorGive(tx, link, now)) || !(await markLinkUsed(tx, link.id, now))) throw linkNotUsable()
}

async function mayCreatorGive(db: DbReader, link: LinksTable, now: number): Promise<boolean> {
  // Of the command line or the first start.
  if (link.created_by === null) return true
  const creator = await readAccountPrincipal(db, link.created_by, now)
  if (creator === null) return false
  if (link.organisation_id === null) return can(creator, 'accounts:write')
  return can(creator, 'members:write', { organisationId: link.organisation_id })
}

/** The same for every reason, since the page cannot do anything else about any of them. */
export function linkNotUsable(): DomainError {
  return new DomainError(
    'link-not-usable',
    'This link does not work: it was used or revoked, or has expired. Ask whoever sent it to you for a new one.',
  )
}

/** The error for a link to join where there is an account with the e-mail address already. */
export function signInToAccept(): DomainError {
  return new DomainError(
    'sign-in-required',
    'There already is an account with this e-mail address. Sign in with it, then open the link again to accept it.',
  )
}
