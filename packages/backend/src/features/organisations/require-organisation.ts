import { DomainError } from '@kickstand/domain'
import type { DbReader } from '#db/schema.ts'
import { readOrganisation, type OrganisationRow } from './organisation-store.ts'

/** Throws `organisation-not-found` where there is no organisation with this id. */
export async function requireOrganisation(db: DbReader, id: string): Promise<OrganisationRow> {
  const organisation = await readOrganisation(db, id)
  if (organisation !== undefined) return organisation
  throw new DomainError('organisation-not-found', 'There is no such organisation, or you are not a member of it.')
}
