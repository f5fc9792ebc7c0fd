import type { Db, DbReader, Tx } from '#db/schema.ts'
import type { PhotosTable } from '#features/contributions/tables.ts'

export type PhotoRow = Omit<PhotosTable, 'image'>

const COLUMNS = [
  'id',
  'zone_id',
  'rider_id',
  'state',
  'perceptual_hash',
  'duplicate_of',
  'width',
  'height',
  'created_at',
  'decided_at',
  'reason',
  'network',
] as const

export async function insertPhoto(tx: Tx, photo: PhotosTable): Promise<void> {
  await tx.insertInto('photos').values(photo).execute()
}

export async function readPhotosOfZone(db: DbReader, zoneId: string): Promise<PhotoRow[]> {
  return db.selectFrom('photos').select(COLUMNS).where('zone_id', '=', zoneId).orderBy('id').execute()
}

export async function findPhoto(db: DbReader, id: string): Promise<PhotoRow | undefined> {
  return db.selectFrom('photos').select(COLUMNS).where('id', '=', id).executeTakeFirst()
}

export async function readImage(db: Db, id: string): Promise<Uint8Array | null> {
  const row = await db.selectFrom('photos').select('image').where('id', '=', id).executeTakeFirst()
  return row?.image ?? null
}

export async function countPendingPhotos(db: DbReader, riderId: string): Promise<number> {
  const row = await db
    .selectFrom('photos')
    .select(({ fn }) => fn.countAll<number | string>().as('count'))
    .where('rider_id', '=', riderId)
    .where('state', '=', 'pending')
    .executeTakeFirst()
  return Number(row?.count ?? 0)
}

export async function updatePhoto(tx: Tx, { id, ...columns }: Pick<PhotosTable, 'id'> & Partial<PhotosTable>) {
  await tx.updateTable('photos').set(columns).where('id', '=', id).execute()
}
