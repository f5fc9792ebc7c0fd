import { chunks } from '#db/chunks.ts'
import type { Db, DbReader, Tx } from '#db/schema.ts'
import type { Namespace, ScopedKey } from './scoped-key.ts'
import type { IdempotencyKeysTable } from './tables.ts'

export async function findKey(
  db: DbReader,
  { namespace, id }: Pick<ScopedKey, 'namespace' | 'id'>,
): Promise<IdempotencyKeysTable | undefined> {
  return db
    .selectFrom('idempotency_keys')
    .selectAll()
    .where('namespace', '=', namespace)
    .where('id', '=', id)
    .executeTakeFirst()
}

export async function insertKey(tx: Tx, row: IdempotencyKeysTable): Promise<void> {
  await tx.insertInto('idempotency_keys').values(row).execute()
}

export async function deleteKeysBefore(db: Db, time: number): Promise<void> {
  await db.deleteFrom('idempotency_keys').where('received_at', '<', time).execute()
}

export async function deleteKeysOf(tx: Tx, namespace: Namespace, principals: readonly string[]): Promise<void> {
  for (const run of chunks(principals)) {
    await tx.deleteFrom('idempotency_keys').where('namespace', '=', namespace).where('principal', 'in', run).execute()
  }
}

/** What is stored of the keys of a rider. */
export async function readKeysOf(
  db: DbReader,
  riderId: string,
): Promise<Pick<IdempotencyKeysTable, 'namespace' | 'answer' | 'received_at'>[]> {
  return db
    .selectFrom('idempotency_keys')
    .select(['namespace', 'answer', 'received_at'])
    .where('principal', '=', riderId)
    .where('namespace', '=', 'contributions')
    .orderBy('received_at')
    .orderBy('id')
    .execute()
}
