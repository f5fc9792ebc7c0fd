import { inspectDatabase, type InspectedDatabase } from '#db/inspect-database.ts'
import { countWaitingRemovals } from '#features/contributions/removal-store.ts'
import { countZones } from '#features/zones/read-zones.ts'

/** What the features have in a database. `removals`: zones that riders want removed, and those a limit holds back. */
export type Contents = {
  readonly zones: number
  readonly removals: { readonly waiting: number; readonly held: number }
}

/** Inspects a database of any version with the contents of each feature: see `inspectDatabase`. */
export function inspectContents(address: string): Promise<InspectedDatabase<Contents>> {
  return inspectDatabase(address, async (db, has) => ({
    zones: await countZones(db),
    removals: has('contributions') ? await countWaitingRemovals(db) : { waiting: 0, held: 0 },
  }))
}
