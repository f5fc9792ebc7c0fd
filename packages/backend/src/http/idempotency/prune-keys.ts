import type { Db, Tx } from '#db/schema.ts'
import { deleteKeysBefore, deleteKeysOf } from './key-store.ts'

/** Clients may repeat a write for at least a day. */
const TTL_MS = 2 * 24 * 60 * 60_000

/** Deletes keys with their answers after two days. `now` in epoch milliseconds. */
export async function pruneKeys(db: Db, now: number): Promise<void> {
  await deleteKeysBefore(db, now - TTL_MS)
}

/** Deletes the keys of riders who are erased, with their answers. Those of reports are in the reports. */
export async function forgetKeys(tx: Tx, riderIds: readonly string[]): Promise<void> {
  await deleteKeysOf(tx, 'contributions', riderIds)
}
