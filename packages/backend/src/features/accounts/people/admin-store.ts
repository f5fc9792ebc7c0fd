import type { PlatformRole } from '@kickstand/domain'
import type { Expression, ExpressionBuilder, SqlBool } from 'kysely'
import type { DbReader, Schema } from '#db/schema.ts'

type Where = ExpressionBuilder<Schema, 'accounts'>

/** Accounts with a platform role. `roles` holds their names, separated by commas. */
export function withRole(role: PlatformRole) {
  return (where: Where): Expression<SqlBool> =>
    where.or([
      where('accounts.roles', '=', role),
      where('accounts.roles', 'like', `${role},%`),
      where('accounts.roles', 'like', `%,${role}`),
      where('accounts.roles', 'like', `%,${role},%`),
    ])
}

/** Selects accounts that are not suspended; the same rule as `isSuspended`. */
export function active(now: number) {
  return (where: Where): Expression<SqlBool> =>
    where.or([where('accounts.suspended_at', 'is', null), where('accounts.suspended_until', '<=', now)])
}

export function suspended(now: number) {
  return (where: Where): Expression<SqlBool> =>
    where.and([
      where('accounts.suspended_at', 'is not', null),
      where.or([where('accounts.suspended_until', 'is', null), where('accounts.suspended_until', '>', now)]),
    ])
}

/** The number of admins who are not suspended, except for one of them. */
export async function countAdmins(
  db: DbReader,
  { exceptId, now }: { readonly exceptId: string; readonly now: number },
): Promise<number> {
  const { count } = await db
    .selectFrom('accounts')
    .select((each) => each.fn.countAll<number>().as('count'))
    .where('id', '!=', exceptId)
    .where(withRole('admin'))
    .where(active(now))
    .executeTakeFirstOrThrow()
  return Number(count)
}

type AdminRow = { id: string; email: string; totp_secret: string | null; passkeys: number }

/** The admins; those who are not suspended at `now`, or with null also suspended ones. `passkeys`: how many each has. */
export async function readAdmins(db: DbReader, now: number | null = null): Promise<AdminRow[]> {
  let query = db
    .selectFrom('accounts')
    .leftJoin('passkeys', 'passkeys.account_id', 'accounts.id')
    .select(['accounts.id', 'accounts.email', 'accounts.totp_secret'])
    .select((each) => each.fn.count<number>('passkeys.id').as('passkeys'))
    .where(withRole('admin'))
  if (now !== null) query = query.where(active(now))
  const rows = await query
    .groupBy(['accounts.id', 'accounts.email', 'accounts.totp_secret'])
    .orderBy('accounts.email')
    .execute()
  return rows.map((row) => ({ ...row, passkeys: Number(row.passkeys) }))
}
