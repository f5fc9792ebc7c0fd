import type { AccountPrincipal } from '@kickstand/domain'
import type { DbReader } from '#db/schema.ts'
import { toPrincipal } from '../people/account-principal.ts'
import type { SessionRow } from './session-store.ts'

/** The principal of a session, with the rights that its account has now. */
export async function principalOfSession(db: DbReader, row: SessionRow): Promise<AccountPrincipal> {
  const person = { id: row.account_id, name: row.name, email: row.email, roles: row.roles }
  const session = {
    id: row.id,
    hasSecondFactor: row.has_second_factor === 1,
    factorOrganisationId: row.factor_organisation_id,
    verifiedAt: row.verified_at,
  }
  return toPrincipal(db, person, session)
}
