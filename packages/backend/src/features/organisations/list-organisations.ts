import type { OrganisationListBody, OrganisationsQuery } from '@kickstand/contract'
import type { Db } from '#db/schema.ts'
import { membersOf } from '#features/accounts/people/list-members.ts'
import { readPageCursor, writePageCursor } from '#http/page-cursor.ts'
import { readOrganisations } from './organisation-store.ts'
import { toOrganisation } from './show-organisation.ts'

const LIST = 'organisations'
const DEFAULT_LIMIT = 50

/**
 * A page of organisations, by name. `ids`: the organisations that the principal may see. Throws `invalid-request` for the
 * cursor of another list.
 */
export async function listOrganisations(
  { db }: { readonly db: Db },
  ids: 'all' | readonly string[],
  { q = '', cursor, limit = DEFAULT_LIMIT }: OrganisationsQuery,
): Promise<OrganisationListBody> {
  const rows = await readOrganisations(db, { ids, q: q.trim() }, readPageCursor(LIST, cursor), limit + 1)
  const page = rows.slice(0, limit)
  const members = await membersOf(
    db,
    page.map(({ id }) => id),
  )
  const last = rows.length > limit ? page.at(-1) : undefined
  return {
    organisations: page.map((row) => toOrganisation(row, members(row.id))),
    nextCursor: last === undefined ? null : writePageCursor(LIST, last),
  }
}
