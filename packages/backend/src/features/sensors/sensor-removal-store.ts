import { chunks } from '#db/chunks.ts'
import type { Tx } from '#db/schema.ts'

const TABLES = ['readings', 'sensors'] as const

/** Deletes the sensors of zones with their readings. */
export async function deleteSensorsOfZones(tx: Tx, zoneIds: readonly string[]): Promise<void> {
  for (const run of chunks(zoneIds)) {
    for (const table of TABLES) await tx.deleteFrom(table).where('zone_id', 'in', run).execute()
  }
}

/** Those of these zones that have sensors or readings. */
export async function zonesWithReadings(tx: Tx, zoneIds: readonly string[]): Promise<string[]> {
  const found: string[] = []
  for (const run of chunks(zoneIds)) {
    for (const table of TABLES) {
      const rows = await tx.selectFrom(table).select('zone_id').distinct().where('zone_id', 'in', run).execute()
      found.push(...rows.map(({ zone_id }) => zone_id))
    }
  }
  return found
}
