import type { Tx } from '#db/schema.ts'
import { zonesWithContributions } from '#features/contributions/remove-contributions.ts'
import { zonesWithReports } from '#features/reports/remove-reports.ts'
import { zonesWithReadings } from '#features/sensors/remove-sensors.ts'

/** Those of these zones that have reports, contributions, photos, sensors or readings. */
export async function findUsedZones(tx: Tx, zoneIds: readonly string[]): Promise<Set<string>> {
  const used = new Set<string>()
  for (const find of [zonesWithReports, zonesWithContributions, zonesWithReadings]) {
    for (const id of await find(tx, zoneIds)) used.add(id)
  }
  return used
}
