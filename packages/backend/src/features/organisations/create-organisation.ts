import type { OrganisationBody } from '@kickstand/contract'
import { readName } from '@kickstand/domain'
import { writeEntry, type AuditDeps } from '#audit/write-entry.ts'
import type { Engine } from '#db/engine.ts'
import { runTransaction } from '#db/run-transaction.ts'
import type { Db } from '#db/schema.ts'
import { lockRights } from '#features/accounts/people/lock-rights.ts'
import type { NewId } from '#platform/ids.ts'
import { insertOrganisation } from './organisation-store.ts'
import { toOrganisation } from './show-organisation.ts'

export const MAX_NAME_LENGTH = 200

export type OrganisationDeps = AuditDeps & { readonly db: Db; readonly engine: Engine }

/** Creates an organisation without members. Throws `invalid-request` for a name without visible characters. */
export async function createOrganisation(
  deps: OrganisationDeps & { readonly newId: NewId },
  input: { readonly name: string },
): Promise<OrganisationBody> {
  const name = readName(input.name, MAX_NAME_LENGTH)
  const id = deps.newId()
  const row = { id, name, created_at: deps.clock() }
  await runTransaction(deps, async (tx) => {
    await lockRights(tx, id)
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
