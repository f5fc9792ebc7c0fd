import type { PhotosBody } from '@kickstand/contract'
import { DomainError } from '@kickstand/domain'
import type { ZoneReader } from '#read-model/board-types.ts'
import type { Db } from '#db/schema.ts'
import { rowOfZone } from '#features/zones/show-zone.ts'
import { toPhotoBody } from './add-photo.ts'
import { findPhoto, readImage, readPhotosOfZone } from './photo-store.ts'

/** The photos of a zone that a rider may see: cleared ones and their own pending ones. Throws `zone-not-found`. */
export async function listPhotos(
  { board, db }: { board: ZoneReader; db: Db },
  zone: string,
  riderId: string | null,
): Promise<PhotosBody> {
  const photos = await readPhotosOfZone(db, board.id(rowOfZone(board, zone)))
  return {
    photos: photos
      .filter(({ state, rider_id }) => state === 'cleared' || (state === 'pending' && rider_id === riderId))
      .map(toPhotoBody),
  }
}

/** A photo's WebP bytes. Throws `photo-not-found`, also where the rider may not see it. */
export async function showPhoto(
  { db }: { db: Db },
  id: string,
  riderId: string | null,
): Promise<{ image: Uint8Array; isPublic: boolean }> {
  const photo = await findPhoto(db, id)
  const isPublic = photo?.state === 'cleared'
  const image = isPublic || photo?.rider_id === riderId ? await readImage(db, id) : null
  if (image === null) throw new DomainError('photo-not-found', `There is no photo ${id} that you may see.`)
  return { image, isPublic }
}
