import type { Tx } from '#db/schema.ts'
import { deleteEstimatesOfZones } from '#features/availability/stored-estimates.ts'
import { deleteContributionsOfZones } from '#features/contributions/remove-contributions.ts'
import { deleteReportsOfZones } from '#features/reports/remove-reports.ts'
import { deleteSensorsOfZones } from '#features/sensors/remove-sensors.ts'
import { deleteZoneRows } from '#features/zones/stored-sources.ts'

/** Deletes what one feature stores about zones. */
type DeleteOfZones = (tx: Tx, zoneIds: readonly string[]) => Promise<void>

/** One function for each feature that stores something about zones. The zones themselves are last. */
const OWNERS: readonly DeleteOfZones[] = [
  deleteReportsOfZones,
  deleteEstimatesOfZones,
  deleteSensorsOfZones,
  deleteContributionsOfZones,
  deleteZoneRows,
]

/**
 * Deletes zones and everything that is stored about them. Their ids stay in the list of changes, so that copies of the
 * open data learn of it. Append a `zones` event with the ids in the same transaction.
 */
export async function deleteZones(tx: Tx, zoneIds: readonly string[]): Promise<void> {
  for (const deleteOfZones of OWNERS) await deleteOfZones(tx, zoneIds)
}
