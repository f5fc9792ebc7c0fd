import type { Database } from '#db/open-database.ts'
import { runTransaction } from '#db/run-transaction.ts'
import { prepareInChild } from './decode-in-child.ts'
import { isSamePhoto } from './looks-same.ts'
import { findPhoto, insertPhoto, readPhotosOfZone } from './photo-store.ts'

/** A photo from elsewhere. `id`: the same in every import. `createdAt`: epoch milliseconds. */
export type ImportedPhoto = {
  readonly id: string
  readonly zoneId: string
  readonly riderId: string
  readonly createdAt: number
  readonly file: string
}

export async function isPhotoStored({ db }: Pick<Database, 'db'>, id: string): Promise<boolean> {
  return (await findPhoto(db, id)) !== undefined
}

/**
 * Stores a photo from elsewhere as one that a rider sent: decoded, re-encoded without metadata, and private until a moderator
 * clears it. Throws `unusable-image`.
 */
export async function importPhoto(
  database: Pick<Database, 'db' | 'engine'>,
  { id, zoneId, riderId, createdAt, file }: ImportedPhoto,
): Promise<void> {
  const { image, width, height, perceptualHash } = await prepareInChild(file)
  await runTransaction(database, async (tx) => {
    const earlier = (await readPhotosOfZone(tx, zoneId)).find((photo) =>
      isSamePhoto(photo.perceptual_hash, perceptualHash),
    )
    await insertPhoto(tx, {
      id,
      zone_id: zoneId,
      rider_id: riderId,
      network: null,
      state: 'pending',
      perceptual_hash: perceptualHash,
      duplicate_of: earlier?.id ?? null,
      width,
      height,
      image,
      created_at: createdAt,
      decided_at: null,
      reason: null,
    })
  })
}

/** Checks a photo as `importPhoto` does, and stores nothing. Throws `unusable-image`. */
export async function checkPhoto(file: string): Promise<void> {
  await prepareInChild(file)
}
