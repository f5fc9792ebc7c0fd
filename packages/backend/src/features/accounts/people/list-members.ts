import type { MemberBody, MemberListBody, MembersQuery } from '@kickstand/contract'
import type { Db, DbReader } from '#db/schema.ts'
import { readPageCursor, writePageCursor } from '#http/page-cursor.ts'
import { toTimestamp } from '#read-model/availability-json.ts'
import { countMembers, readMembers, type MemberRow } from './membership-store.ts'

const LIST = 'members'
const DEFAULT_LIMIT = 100

/** A page of the members of an organisation, by name. Throws `invalid-request` for the cursor of another list. */
export async function listMembers(
  { db }: { readonly db: Db },
  organisationId: string,
  { cursor, limit = DEFAULT_LIMIT }: MembersQuery,
): Promise<MemberListBody> {
  const rows = await readMembers(db, organisationId, readPageCursor(LIST, cursor), limit + 1)
  const page = rows.slice(0, limit)
  const last = rows.length > limit ? page.at(-1) : undefined
  const nextCursor = last === undefined ? null : writePageCursor(LIST, { sort: last.sort, id: last.account_id })
  return { members: page.map(toMember), nextCursor }
}

function toMember(row: MemberRow): MemberBody {
  return {
    accountId: row.account_id,
    name: row.name,
    email: row.email,
    role: row.role,
    hasSecondFactor: row.has_second_factor === 1,
    since: toTimestamp(row.created_at),
  }
}

/** The number of members of each organisation. */
export async function membersOf(db: DbReader, organisationIds: readonly string[]): Promise<(id: string) => number> {
  const counts = await countMembers(db, organisationIds)
  return (id) => counts.get(id) ?? 0
}
