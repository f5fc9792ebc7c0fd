import type { OrganisationBody } from '@kickstand/contract'
import { readName } from '@kickstand/domain'
import { writeEntry } from '#audit/write-entry.ts'
import { changeRights, type RightsDeps } from '#features/accounts/people/change-rights.ts'
import type { NewId } from '#platform/ids.ts'
import { insertOrganisation } from './organisation-store.ts'
import { toOrganisation } from './show-organisation.ts'

export const MAX_NAME_LENGTH = 200

/**
 * Creates an organisation without members. Throws `invalid-request` for a name without visible characters, and the errors of
 * `changeRights`.
 */
export async function createOrganisation(
  deps: RightsDeps & { readonly newId: NewId },
  input: { readonly name: string },
): Promise<OrganisationBody> {
  const name = readName(input.name, MAX_NAME_LENGTH)
  const id = deps.newId()
  const row = { id, name, created_at: deps.clock() }
  await changeRights(deps, { action: 'organisations:create', organisationId: id }, async (tx) => {
    await insertOrganisation(tx, row)
    await writeEntry(tx, deps, {
      action: 'organisations:create',
      object: { kind: 'organisation', id },
      organisationId: id,
      before: null,
      after: { name },
    })
  })
  return toOrganisation({ ...row, version: 1 }, 0)
}
