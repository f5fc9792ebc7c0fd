import type { OrganisationBody } from '@kickstand/contract'
import { readName } from '@kickstand/domain'
import { writeEntry } from '#audit/write-entry.ts'
import { changeRights, type RightsDeps } from '#features/accounts/people/change-rights.ts'
import { changedMeanwhile } from '#http/if-match.ts'
import { MAX_NAME_LENGTH } from './create-organisation.ts'
import { updateOrganisation } from './organisation-store.ts'
import { requireOrganisation, showOrganisation } from './show-organisation.ts'

/**
 * Renames an organisation. Does nothing if it has the name already. `version`: the version that the change is based on; null accepts any version. Throws
 * `organisation-not-found`, `changed-meanwhile`, `invalid-request` for a name without visible characters, and the errors of
 * `changeRights`.
 */
export async function renameOrganisation(
  deps: RightsDeps,
  id: string,
  input: { readonly name: string },
  version: number | null,
): Promise<OrganisationBody> {
  const name = readName(input.name, MAX_NAME_LENGTH)
  await changeRights(deps, { action: 'organisations:write', organisationId: id }, async (tx) => {
    const former = await requireOrganisation(tx, id)
    if (former.name === name && (version === null || version === former.version)) return
    if (!(await updateOrganisation(tx, id, name, version))) throw changedMeanwhile()
    await writeEntry(tx, deps, {
      action: 'organisations:change',
      object: { kind: 'organisation', id },
      organisationId: id,
      before: { name: former.name },
      after: { name },
    })
  })
  return showOrganisation(deps, id)
}
