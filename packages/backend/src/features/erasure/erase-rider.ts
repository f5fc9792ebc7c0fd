import type { EventLog } from '#db/event-log.ts'
import type { Db, DbReader } from '#db/schema.ts'
import { readRider } from '#features/accounts/rider-records.ts'
import { zonesContributedTo } from '#features/contributions/remove-contributions.ts'
import { isAnythingStoredOf } from '#features/notifications/stored-of-person.ts'
import { reportsOfRiderAfter } from '#features/reports/read-reports.ts'
import { readKeysOf } from '#http/idempotency/keys-of-rider.ts'
import type { Clock } from '#platform/clock.ts'
import type { NewId } from '#platform/ids.ts'
import { eraseAtZone } from './erase-at-zone.ts'
import { eraseRiders } from './erase-riders.ts'
import { hashOfRider, putErasedRider } from './erased-rider-store.ts'

export type EraseRiderDeps = {
  readonly db: Db
  readonly eventLog: EventLog
  readonly clock: Clock
  readonly newId: NewId
}

/**
 * Erases a rider for good and adds them to the list of erased riders, from which `eraseAgain` repeats it after a restore.
 * Their contributions are erased zone by zone, so that the reports of others are stored in between; after an interruption,
 * call it again. Does nothing for a rider of whom nothing is stored.
 */
export async function eraseRider(
  { db, eventLog, clock, newId }: EraseRiderDeps,
  riderId: string,
  erasedAt = clock(),
): Promise<void> {
  if (!(await isStored(db, riderId))) return
  // First: also an erasure that is interrupted here is repeated after a restore.
  await eventLog.commit((tx) => putErasedRider(tx, { id_hash: hashOfRider(riderId), erased_at: erasedAt }))
  for (const zoneId of await zonesContributedTo(db, riderId)) {
    await eventLog.commit((tx, append) => eraseAtZone(tx, append, riderId, zoneId, { newId, now: clock() }))
  }
  await eventLog.commit((tx, append) => eraseRiders(tx, append, [riderId], { newId, now: clock() }))
}

async function isStored(db: DbReader, riderId: string): Promise<boolean> {
  return (
    (await readRider(db, riderId)) !== undefined ||
    (await zonesContributedTo(db, riderId)).length > 0 ||
    (await reportsOfRiderAfter(db, riderId, '', 1)).length > 0 ||
    (await readKeysOf(db, riderId)).length > 0 ||
    (await isAnythingStoredOf(db, { kind: 'rider', id: riderId }))
  )
}
