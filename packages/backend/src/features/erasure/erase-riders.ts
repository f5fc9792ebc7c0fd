import { eraseValues } from '#audit/erase-values.ts'
import type { Append } from '#db/event-log.ts'
import type { Tx } from '#db/schema.ts'
import { forgetRidersOfPeople } from '#features/accounts/predecessor/predecessor-people.ts'
import { deleteRiders } from '#features/accounts/rider-records.ts'
import { zonesContributedTo } from '#features/contributions/remove-contributions.ts'
import { unlinkDecisions } from '#features/moderation/decisions-on-riders.ts'
import { deleteNotificationsOf } from '#features/notifications/delete-notifications.ts'
import { unlinkReports } from '#features/reports/remove-reports.ts'
import { forgetKeys } from '#http/idempotency/prune-keys.ts'
import { shortDigest } from '#platform/ids.ts'
import { eraseAtZone, type EraseInputs } from './erase-at-zone.ts'

/**
 * Erases riders in one transaction: their reports stay as observations of nobody, and everything else that is stored of
 * them is deleted. The boards of all servers follow the events.
 * @returns the number of riders that were stored
 */
export async function eraseRiders(
  tx: Tx,
  append: Append,
  riderIds: readonly string[],
  inputs: EraseInputs,
): Promise<number> {
  for (const riderId of riderIds) {
    for (const zoneId of await zonesContributedTo(tx, riderId)) await eraseAtZone(tx, append, riderId, zoneId, inputs)
  }
  const reports = await unlinkReports(tx, riderIds, inputs)
  for (const riderId of riderIds) await unlinkDecisions(tx, riderId, inputs.newId())
  await deleteNotificationsOf(
    tx,
    riderIds.map((id) => ({ kind: 'rider', id })),
  )
  await eraseValues(tx, riderIds)
  await forgetKeys(tx, riderIds)
  await forgetRidersOfPeople(tx, riderIds)
  const erased = await deleteRiders(tx, riderIds)
  append({ type: 'erasure', riders: riderIds.map(shortDigest), reports })
  return erased
}
