import { isPlatformRole, type AccountPrincipal, type Membership } from '@kickstand/domain'
import type { DbReader } from '#db/schema.ts'
import type { AccountsTable } from '../tables.ts'
import { readAccount } from './account-store.ts'
import { readMemberships } from './membership-store.ts'
import { isSuspended } from './suspension.ts'

type Person = Pick<AccountsTable, 'id' | 'name' | 'email' | 'roles'>
type Session = Pick<AccountPrincipal, 'hasSecondFactor' | 'factorOrganisationId' | 'verifiedAt'> & {
  readonly id: string
}

/** The principal of an account on a session. */
export async function toPrincipal(db: DbReader, person: Person, session: Session): Promise<AccountPrincipal> {
  const memberships: Membership[] = (await readMemberships(db, person.id)).map((one) => ({
    organisationId: one.organisation_id,
    role: one.role,
  }))
  return {
    kind: 'account',
    accountId: person.id,
    sessionId: session.id,
    name: `${person.name} <${person.email}>`,
    roles: person.roles.split(',').filter(isPlatformRole),
    memberships,
    hasSecondFactor: session.hasSecondFactor,
    factorOrganisationId: session.factorOrganisationId,
    verifiedAt: session.verifiedAt,
  }
}

/**
 * The current rights of an account without a session. They limit what its tokens may do. Null if the account does not exist
 * or is suspended.
 */
export async function readAccountPrincipal(db: DbReader, id: string, now: number): Promise<AccountPrincipal | null> {
  const account = await readAccount(db, id)
  if (account === undefined || isSuspended(account, now)) return null
  return toPrincipal(db, account, { id: '', hasSecondFactor: true, factorOrganisationId: null, verifiedAt: 0 })
}
