import type { DbReader, Tx } from '#db/schema.ts'
import type { MembershipsTable } from '../tables.ts'

/** Fails with a duplicate key where the account is a member already. */
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
