import type { PlatformRole } from '@kickstand/domain'
import { sql } from 'kysely'
import { contains, LIKE_ESCAPE } from '#db/like-pattern.ts'
import type { DbReader } from '#db/schema.ts'
import type { MembershipsTable } from '../tables.ts'
import type { AccountRow } from './account-store.ts'
import { active, suspended, withRole } from './admin-store.ts'

/** `text`: part of the name or e-mail address, in any case. */
export type AccountFilter = {
  readonly text?: string | undefined
  readonly role?: PlatformRole | undefined
  readonly state?: 'active' | 'suspended' | undefined
}

type Page = { readonly after: string | null; readonly limit: number; readonly now: number }

/** Accounts after a given e-mail address, ordered by e-mail address (which has an index). */
export async function readAccountPage(
  db: DbReader,
  { text, role, state }: AccountFilter,
  { after, limit, now }: Page,
): Promise<AccountRow[]> {
  let query = db.selectFrom('accounts').selectAll().orderBy('email').limit(limit)
  if (after !== null) query = query.where('email', '>', after)
  if (role !== undefined) query = query.where(withRole(role))
  if (state !== undefined) query = query.where(state === 'active' ? active(now) : suspended(now))
  if (text !== undefined) {
    const [pattern, escape] = [contains(text), LIKE_ESCAPE]
    query = query.where(
      sql<boolean>`(email like lower(${pattern}) escape ${escape} or lower(name) like lower(${pattern}) escape ${escape})`,
    )
  }
  return query.execute()
}

/** Memberships of accounts, in the order of the organisations' ids. */
export async function readMembershipsOf(db: DbReader, accountIds: readonly string[]): Promise<MembershipsTable[]> {
  if (accountIds.length === 0) return []
  return db
    .selectFrom('memberships')
    .selectAll()
    .where('account_id', 'in', [...accountIds])
    .orderBy('organisation_id')
    .execute()
}

/** The time at which accounts last used a session, by account id. Accounts without a session are left out. */
export async function readLastUse(db: DbReader, accountIds: readonly string[]): Promise<Map<string, number>> {
  if (accountIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('sessions')
    .select('account_id')
    .select((each) => each.fn.max('used_at').as('used_at'))
    .where('account_id', 'in', [...accountIds])
    .groupBy('account_id')
    .execute()
  return new Map(rows.map(({ account_id, used_at }) => [account_id, Number(used_at)]))
}

/** The passkeys of accounts: account id and time of the last use. */
export async function readPasskeyUse(
  db: DbReader,
  accountIds: readonly string[],
): Promise<{ account_id: string; used_at: number | null }[]> {
  if (accountIds.length === 0) return []
  return db
    .selectFrom('passkeys')
    .select(['account_id', 'used_at'])
    .where('account_id', 'in', [...accountIds])
    .execute()
}
