import type { LinkPasskeyOptions } from '@kickstand/contract'
import { DomainError, readEmail, readName } from '@kickstand/domain'
import type { DbReader } from '#db/schema.ts'
import { readAccount, readAccountByEmail, type AccountRow } from '../people/account-store.ts'
import { readMembership } from '../people/membership-store.ts'
import { requireRecoverable } from '../people/require-recoverable.ts'
import { isSuspended } from '../people/suspension.ts'
import type { LinksTable } from '../tables.ts'
import { linkNotUsable, signInToAccept } from './usable-link.ts'

const MAX_NAME_LENGTH = 100

/** A person before they have an account. */
export type NewPerson = { readonly name: string; readonly email: string }

/**
 * The person for whom a link creates an account. Throws `invalid-request` if the e-mail address differs from that of the
 * link, and `sign-in-required` if there is already an account with it.
 */
export async function newPersonOf(
  db: DbReader,
  link: LinksTable,
  input: Pick<LinkPasskeyOptions, 'name' | 'email'>,
): Promise<NewPerson> {
  const email = emailOf(link, input.email)
  if ((await readAccountByEmail(db, email)) !== undefined) throw signInToAccept()
  return { name: readName(input.name ?? '', MAX_NAME_LENGTH), email }
}

function emailOf({ email: expected }: LinksTable, given: string | undefined): string {
  if (given === undefined && expected !== null) return expected
  const email = readEmail(given ?? '')
  if (expected === null || email === expected) return email
  const message = 'must be the address that the link is for; leave it out, or ask for a link for the other address'
  throw new DomainError('invalid-request', `The e-mail address ${message}.`, [{ pointer: '/email', message }])
}

/**
 * The account that a link recovers. Throws `link-not-usable` if it was erased or suspended. If an owner created the link,
 * also throws `link-not-usable` if the person has left the organisation, and `not-allowed` if they have rights outside of it.
 */
export async function accountToRecover(db: DbReader, link: LinksTable, now: number): Promise<AccountRow> {
  const account = await readAccount(db, link.account_id ?? '')
  if (account === undefined || isSuspended(account, now)) throw linkNotUsable()
  const { organisation_id: organisationId } = link
  if (organisationId === null) return account
  if ((await readMembership(db, organisationId, account.id)) === undefined) throw linkNotUsable()
  await requireRecoverable(db, account, organisationId)
  return account
}
