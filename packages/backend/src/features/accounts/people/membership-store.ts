import { sql } from 'kysely'
import type { PageCursor } from '#http/page-cursor.ts'
import type { DbReader, Tx } from '#db/schema.ts'
import type { OrganisationRole } from '@kickstand/domain'
import type { AccountsTable, MembershipsTable } from '../tables.ts'

/** Fails with a duplicate key if the account is a member already. */
export async function insertMembership(tx: Tx, membership: MembershipsTable): Promise<void> {
  await tx.insertInto('memberships').values(membership).execute()
}

/** Memberships of an account, in the order of the organisations' ids. */
export async function readMemberships(db: DbReader, accountId: string): Promise<MembershipsTable[]> {
  return db
    .selectFrom('memberships')
    .selectAll()
    .where('account_id', '=', accountId)
    .orderBy('organisation_id')
    .execute()
}

export async function readMembership(
  db: DbReader,
  organisationId: string,
  accountId: string,
): Promise<MembershipsTable | undefined> {
  return db
    .selectFrom('memberships')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('account_id', '=', accountId)
    .executeTakeFirst()
}

/** A member with the columns of the account that others can see. `sort`: the name in lower case, for the order of the list. */
export type MemberRow = Pick<MembershipsTable, 'account_id' | 'role' | 'created_at'> &
  Pick<AccountsTable, 'name' | 'email'> & { sort: string; has_second_factor: number }

/** Members of an organisation after a cursor, by name. */
export async function readMembers(
  db: DbReader,
  organisationId: string,
  after: PageCursor | null,
  limit: number,
): Promise<MemberRow[]> {
  const sort = sql<string>`lower(accounts.name)`
  let query = db
    .selectFrom('memberships')
    .innerJoin('accounts', 'accounts.id', 'memberships.account_id')
    .select(['memberships.account_id', 'memberships.role', 'memberships.created_at', 'accounts.name', 'accounts.email'])
    .select([
      sort.as('sort'),
      sql<number>`case when accounts.totp_secret is not null
        or exists (select 1 from passkeys where passkeys.account_id = accounts.id) then 1 else 0 end`.as(
        'has_second_factor',
      ),
    ])
    .where('memberships.organisation_id', '=', organisationId)
  if (after !== null) {
    query = query.where((where) =>
      where.or([
        where(sort, '>', after.sort),
        where.and([where(sort, '=', after.sort), where('memberships.account_id', '>', after.id)]),
      ]),
    )
  }
  return query.orderBy(sort).orderBy('memberships.account_id').limit(limit).execute()
}

/** The number of members by organisation id. Organisations without members are left out. */
export async function countMembers(db: DbReader, organisationIds: readonly string[]): Promise<Map<string, number>> {
  if (organisationIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('memberships')
    .select(['organisation_id', ({ fn }) => fn.countAll<number | string>().as('members')])
    .where('organisation_id', 'in', [...organisationIds])
    .groupBy('organisation_id')
    .execute()
  return new Map(rows.map(({ organisation_id, members }) => [organisation_id, Number(members)]))
}

/** The owners of an organisation except one, with the columns for `isSuspended`. */
export async function readOtherOwners(
  tx: Tx,
  organisationId: string,
  exceptAccountId: string,
): Promise<Pick<AccountsTable, 'suspended_at' | 'suspended_until'>[]> {
  return tx
    .selectFrom('memberships')
    .innerJoin('accounts', 'accounts.id', 'memberships.account_id')
    .select(['accounts.suspended_at', 'accounts.suspended_until'])
    .where('memberships.organisation_id', '=', organisationId)
    .where('memberships.role', '=', 'owner')
    .where('memberships.account_id', '!=', exceptAccountId)
    .execute()
}

export async function updateMembershipRole(
  tx: Tx,
  organisationId: string,
  accountId: string,
  role: OrganisationRole,
): Promise<void> {
  await tx
    .updateTable('memberships')
    .set({ role })
    .where('organisation_id', '=', organisationId)
    .where('account_id', '=', accountId)
    .execute()
}

export async function deleteMembership(tx: Tx, organisationId: string, accountId: string): Promise<void> {
  await tx
    .deleteFrom('memberships')
    .where('organisation_id', '=', organisationId)
    .where('account_id', '=', accountId)
    .execute()
}
