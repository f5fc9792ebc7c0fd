import { riderIdsAfter } from '#features/accounts/rider-records.ts'
import { riderIdsOfContributions } from '#features/contributions/rider-contributions.ts'
import { eraseRider, type EraseRiderDeps } from './erase-rider.ts'
import { hashOfRider, putErasedRider, readErasedRiders } from './erased-rider-store.ts'
import type { ErasedRidersTable } from './tables.ts'

const PAGE = 1000

/**
 * Erases the riders of a list again, in a database that was restored from a backup: those who were erased after it was
 * made. `list`: the erased riders at the time of the restore, see `readErasedRiders`.
 * @returns the number of riders that were erased
 */
export async function eraseAgain(deps: EraseRiderDeps, list: readonly ErasedRidersTable[]): Promise<number> {
  const known = new Map((await readErasedRiders(deps.db)).map((one) => [one.id_hash, one.erased_at]))
  const open = new Map(
    list.flatMap(({ id_hash, erased_at }) => ((known.get(id_hash) ?? 0) < erased_at ? [[id_hash, erased_at]] : [])),
  )
  let erased = 0
  for (const idsAfter of [riderIdsAfter, riderIdsOfContributions]) {
    for (let after = ''; open.size > 0;) {
      const ids = await idsAfter(deps.db, after, PAGE)
      for (const id of ids) {
        const erasedAt = open.get(hashOfRider(id))
        if (erasedAt === undefined) continue
        await eraseRider(deps, id, erasedAt)
        open.delete(hashOfRider(id))
        erased += 1
      }
      const last = ids.at(-1)
      if (last === undefined || ids.length < PAGE) break
      after = last
    }
  }
  // Nothing of the others is stored here. They stay in the list for the next restore.
  for (const [id_hash, erased_at] of open) {
    await deps.eventLog.commit((tx) => putErasedRider(tx, { id_hash, erased_at }))
  }
  return erased
}
