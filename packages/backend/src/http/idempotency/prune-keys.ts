import type { Db, Tx } from '#db/schema.ts'
import { deleteKeysBefore, deleteKeysOf } from './key-store.ts'
import type { Namespace } from './scoped-key.ts'

/** Clients may repeat a write for at least a day. */
const TTL_MS = 2 * 24 * 60 * 60_000

/** Deletes keys with their answers after two days. `now` in epoch milliseconds. */
export async function pruneKeys(db: Db, now: number): Promise<void> {
  await deleteKeysBefore(db, now - TTL_MS)
}

/** Deletes the keys of principals that are erased, with their answers. */
export async function forgetKeys(tx: Tx, namespace: Namespace, principals: readonly string[]): Promise<void> {
  await deleteKeysOf(tx, namespace, principals)
}
