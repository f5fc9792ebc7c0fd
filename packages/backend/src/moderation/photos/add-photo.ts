import type { PhotoBody, PhotoCreatedBody } from '@kickstand/contract'
import { DomainError } from '@kickstand/domain'
import { toTimestamp } from '#board/availability-json.ts'
import { hashOfBytes } from '#platform/ids.ts'
import { rowOfZone } from '#zones/show-zone.ts'
import type { StateFactDeps } from '../facts/state-fact.ts'
import { writeOnce, type Writer, type Written } from '../write-once.ts'
import { countPendingPhotos, insertPhoto, readPhotosOfZone, type PhotoRow } from './photo-store.ts'
import { looksSame, prepareImage } from './prepare-image.ts'

const MOST_PENDING = 30
/** Each takes a core and over 100 MB while it is decoded. */
const AT_ONCE = 2
const WAITING_AT_MOST = 8

export type AddPhoto = (
  writer: Writer,
  key: string | null,
  zone: string,
  sent: Buffer,
) => Promise<Written<PhotoCreatedBody>>

/**
 * Takes photos of zones: decoded and encoded anew, private until a moderator clears them. Throws `zone-not-found`, `unusable-image`,
 * `rate-limited`, `overloaded`, `idempotency-mismatch`.
 */
export function createAddPhoto(deps: StateFactDeps): AddPhoto {
  const { board, clock, newId } = deps
  const waiting: (() => void)[] = []
  let busy = 0

  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (busy >= AT_ONCE) {
      if (waiting.length >= WAITING_AT_MOST) {
        throw new DomainError(
          'overloaded',
          'Many photos are being taken in. Send it again in a minute, under the same key.',
        )
      }
      await new Promise<void>((resolve) => waiting.push(resolve))
    } else busy += 1
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next === undefined) busy -= 1
      else next()
    }
  }

  return async (writer, key, zone, sent) => {
    const zoneId = board.id(rowOfZone(board, zone))
    const { riderId } = writer
    const { image, width, height, looks } = await inTurn(() => prepareImage(sent))
    return writeOnce(deps, writer, key, `${zone}\n${hashOfBytes(sent)}`, async (tx) => {
      if ((await countPendingPhotos(tx, riderId)) >= MOST_PENDING) {
        throw new DomainError(
          'rate-limited',
          `${MOST_PENDING} photos of yours wait to be looked at. Wait until some are.`,
        )
      }
      const earlier = (await readPhotosOfZone(tx, zoneId)).find((photo) => looksSame(photo.looks, looks))
      const photo: PhotoRow = {
        id: newId(),
        zone_id: zoneId,
        rider_id: riderId,
        state: 'pending',
        looks,
        duplicate_of: earlier?.id ?? null,
        width,
        height,
        created_at: clock(),
        decided_at: null,
        reason: null,
      }
      await insertPhoto(tx, { ...photo, image })
      return { photo: toPhotoBody(photo) }
    })
  }
}

export function toPhotoBody(photo: PhotoRow): PhotoBody {
  return {
    id: photo.id,
    zoneId: photo.zone_id,
    state: photo.state,
    duplicate: photo.duplicate_of !== null,
    width: photo.width,
    height: photo.height,
    createdAt: toTimestamp(photo.created_at),
  }
}
