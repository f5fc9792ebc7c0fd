import type { Tx } from '#db/schema.ts'
import { deleteRiders } from '#features/accounts/rider-records.ts'
import { eraseContributionsOfRiders } from '#features/contributions/remove-contributions.ts'
import { unlinkReports } from '#features/reports/remove-reports.ts'
import { forgetKeys } from '#http/idempotency/prune-keys.ts'
import type { NewId } from '#platform/ids.ts'

/**
 * Erases riders: their reports stay as observations of nobody, and everything else that is stored of them is deleted.
 * Decisions of moderators on a rider stay, as they are never changed.
 * @returns the number of riders that were stored
 */
export async function eraseRiders(tx: Tx, riderIds: readonly string[], newId: NewId): Promise<number> {
  await unlinkReports(tx, riderIds, newId)
  await eraseContributionsOfRiders(tx, riderIds, newId)
  await forgetKeys(tx, 'contributions', riderIds)
  return deleteRiders(tx, riderIds)
}
