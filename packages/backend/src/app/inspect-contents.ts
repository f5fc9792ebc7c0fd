import type { DbReader } from '#db/schema.ts'
import { inspectDatabase, type InspectedDatabase } from '#db/inspect-database.ts'
import { readAdmins } from '#features/accounts/people/admin-store.ts'
import { countWaitingRemovals } from '#features/contributions/removal-store.ts'
import { countZones } from '#features/zones/read-zones.ts'

/**
 * Counts of what the features store in a database. `removals`: undecided removals that riders proposed (`waiting`), and
 * how many of them a limit holds back for a moderator (`held`). `admins`: null in a database from before accounts.
 */
export type Contents = {
  readonly zones: number
  readonly removals: { readonly waiting: number; readonly held: number }
  readonly admins: readonly { readonly email: string; readonly hasSecondFactor: boolean }[] | null
}

/** Inspects a database of any schema version and counts its contents. For the errors see `inspectDatabase`. */
export function inspectContents(address: string): Promise<InspectedDatabase<Contents>> {
  return inspectDatabase(address, async (db, has) => ({
    zones: await countZones(db),
    removals: has('contributions') ? await countWaitingRemovals(db) : { waiting: 0, held: 0 },
    admins: has('accounts') && has('passkeys') ? await inspectAdmins(db) : null,
  }))
}

async function inspectAdmins(db: DbReader): Promise<{ email: string; hasSecondFactor: boolean }[]> {
  const admins = await readAdmins(db)
  return admins.map(({ email, totp_secret, passkeys }) => ({
    email,
    hasSecondFactor: totp_secret !== null || passkeys > 0,
  }))
}
