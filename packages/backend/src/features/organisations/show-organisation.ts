import type { OrganisationBody } from '@kickstand/contract'
import { DomainError } from '@kickstand/domain'
import type { Db, DbReader } from '#db/schema.ts'
import { membersOf } from '#features/accounts/people/list-members.ts'
import { toTimestamp } from '#read-model/availability-json.ts'
import { readOrganisation, type OrganisationRow } from './organisation-store.ts'

/** One organisation. Throws `organisation-not-found`. */
export async function showOrganisation({ db }: { readonly db: Db }, id: string): Promise<OrganisationBody> {
  const row = await requireOrganisation(db, id)
  return toOrganisation(row, (await membersOf(db, [id]))(id))
}

/** Throws `organisation-not-found`. */
export async function requireOrganisation(db: DbReader, id: string): Promise<OrganisationRow> {
  const row = await readOrganisation(db, id)
  if (row !== undefined) return row
  throw new DomainError('organisation-not-found', 'There is no such organisation, or you are not a member of it.')
}

/** `members`: their number. */
export function toOrganisation({ id, name, version, created_at }: OrganisationRow, members: number): OrganisationBody {
  return { id, name, members, createdAt: toTimestamp(created_at), version }
}
