import type { PhotoBody, PhotoCreatedBody } from '@kickstand/contract'
import { DomainError } from '@kickstand/domain'
import { toTimestamp } from '#read-model/availability-json.ts'
import type { SpooledBody } from '#platform/spool-body.ts'
import { rowOfZone } from '#features/zones/show-zone.ts'
import type { SubmitContributionDeps } from '#features/contributions/submit-contribution.ts'
import type { Writer } from '#features/contributions/writer.ts'
import type { ScopedKey } from '#http/idempotency/scoped-key.ts'
import { writeIdempotently, type Write, type Written } from '#http/idempotency/write-idempotently.ts'
import { countPendingPhotos, insertPhoto, readPhotosOfZone, type PhotoRow } from './photo-store.ts'
import { prepareInChild } from './decode-in-child.ts'
import { isSamePhoto } from './looks-same.ts'
import { createPhotoTurns } from './photo-turns.ts'

const MAX_PENDING = 30

export type AddPhoto = (
  writer: Writer,
  key: ScopedKey | null,
  zone: string,
  sent: SpooledBody,
  address: string,
) => Promise<Written<PhotoCreatedBody>>

/**
 * Stores photos of zones: decoded, re-encoded, and private until a moderator clears them. Throws `zone-not-found`,
 * `unusable-image`, `rate-limited`, `overloaded`, `idempotency-mismatch`.
 */
export function createAddPhoto(deps: SubmitContributionDeps): AddPhoto {
  const { board, clock, newId } = deps
  const inTurn = createPhotoTurns()

  return async (writer, key, zone, { file, hash }, address) => {
    const zoneId = board.id(rowOfZone(board, zone))
    const { riderId } = writer
    const { image, width, height, perceptualHash } = await inTurn(address, () => prepareInChild(file))
    const work: Write<PhotoCreatedBody>['work'] = async (tx) => {
      if ((await countPendingPhotos(tx, riderId)) >= MAX_PENDING) {
        throw new DomainError(
          'rate-limited',
          `${MAX_PENDING} of your photos wait for a moderator, which is the limit. Send more once some are decided.`,
        )
      }
      const earlier = (await readPhotosOfZone(tx, zoneId)).find((photo) =>
        isSamePhoto(photo.perceptual_hash, perceptualHash),
      )
      const photo: PhotoRow = {
        id: newId(),
        zone_id: zoneId,
        rider_id: riderId,
        network: writer.network,
        state: 'pending',
        perceptual_hash: perceptualHash,
        duplicate_of: earlier?.id ?? null,
        width,
        height,
        created_at: clock(),
        decided_at: null,
        reason: null,
      }
      await insertPhoto(tx, { ...photo, image })
      return { photo: toPhotoBody(photo) }
    }
    return writeIdempotently(deps, { key, payload: `${zone}\n${hash}`, work })
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
