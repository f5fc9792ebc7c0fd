import { hash } from 'node:crypto'
import type { DbReader, Tx } from '#db/schema.ts'
import type { ErasedRidersTable } from './tables.ts'

/** SHA-256. A rider's id is derived from a random secret, so it cannot be found from its hash by trying. */
export function hashOfRider(riderId: string): string {
  return hash('sha256', `erased rider\n${riderId}`, 'base64url')
}

/** Adds a rider to the list of erased ones, or sets the time of the last erasure. */
export async function putErasedRider(tx: Tx, { id_hash, erased_at }: ErasedRidersTable): Promise<void> {
  await tx.deleteFrom('erased_riders').where('id_hash', '=', id_hash).execute()
  await tx.insertInto('erased_riders').values({ id_hash, erased_at }).execute()
}

export async function readErasedRider(db: DbReader, riderId: string): Promise<ErasedRidersTable | undefined> {
  return db.selectFrom('erased_riders').selectAll().where('id_hash', '=', hashOfRider(riderId)).executeTakeFirst()
}

export async function readErasedRiders(db: DbReader): Promise<ErasedRidersTable[]> {
  return db.selectFrom('erased_riders').selectAll().orderBy('id_hash').execute()
}
