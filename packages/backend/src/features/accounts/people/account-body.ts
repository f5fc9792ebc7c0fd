import type { AccountBody } from '@kickstand/contract'
import type { DbReader } from '#db/schema.ts'
import { readLastUse, readMembershipsOf, readPasskeyUse } from './account-list-store.ts'
import type { AccountRow } from './account-store.ts'
import { rolesOf } from './roles-of.ts'
import { suspensionOf } from './suspension.ts'

const toTime = (time: number): string => new Date(time).toISOString()

/** Accounts as staff see them, in the same order. */
export async function accountBodies(db: DbReader, rows: readonly AccountRow[], now: number): Promise<AccountBody[]> {
  const ids = rows.map(({ id }) => id)
  const memberships = Map.groupBy(await readMembershipsOf(db, ids), ({ account_id }) => account_id)
  const passkeys = Map.groupBy(await readPasskeyUse(db, ids), ({ account_id }) => account_id)
  const sessionUse = await readLastUse(db, ids)
  return rows.map((row) => {
    const suspension = suspensionOf(row, now)
    const keys = passkeys.get(row.id) ?? []
    const used = Math.max(sessionUse.get(row.id) ?? 0, ...keys.map(({ used_at }) => used_at ?? 0))
    return {
      id: row.id,
      email: row.email,
      name: row.name,
      roles: rolesOf(row),
      memberships: (memberships.get(row.id) ?? []).map((one) => ({
        organisationId: one.organisation_id,
        role: one.role,
      })),
      hasSecondFactor: keys.length > 0 || row.totp_secret !== null,
      suspension: suspension === null ? null : { ...suspension, reason: row.suspension_reason ?? '' },
      lastUsedAt: used === 0 ? null : toTime(used),
      createdAt: toTime(row.created_at),
      version: row.version,
    }
  })
}

/** One account as staff see it. */
export async function accountBody(db: DbReader, row: AccountRow, now: number): Promise<AccountBody> {
  const [body] = await accountBodies(db, [row], now)
  return body
}
