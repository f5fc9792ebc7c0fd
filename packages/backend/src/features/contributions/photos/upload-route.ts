import { PhotoCreatedSchema, paths, ZoneId } from '@kickstand/contract'
import { DomainError } from '@kickstand/domain'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import Type from 'typebox'
import type { BodyBudget } from '#platform/body-budget.ts'
import { removeBody, spoolBody, type SpooledBody } from '#platform/spool-body.ts'
import { callerOf } from '#platform/network.ts'
import type { SubmitContributionDeps } from '#features/contributions/submit-contribution.ts'
import type { Writer } from '#features/contributions/writer.ts'
import type { ScopedKey } from '#http/idempotency/scoped-key.ts'
import type { Written } from '#http/idempotency/write-idempotently.ts'
import { createAddPhoto } from './add-photo.ts'

/** Body limit in bytes: the size of a photo from a phone. */
const PHOTO_LIMIT = 12 * 1024 * 1024
const IMAGES = ['image/jpeg', 'image/png', 'image/webp']
const ZoneParams = Type.Object({ id: ZoneId })

type ById = { Params: { id: string } }

/** A received photo. Once `inUse`, the handler releases it, also if the connection breaks. */
type Upload = SpooledBody & { inUse: boolean; release(): Promise<void> }

export type PhotoUploadDeps = SubmitContributionDeps & {
  readonly bodies: BodyBudget
  readonly onRequest: (request: FastifyRequest, reply: FastifyReply, done: () => void) => void
  /** Runs `work` for the rider of the request and sends its result. */
  readonly write: <T>(
    request: FastifyRequest,
    reply: FastifyReply,
    work: (writer: Writer, key: ScopedKey | null) => Promise<Written<T>>,
  ) => Promise<FastifyReply>
}

/**
 * `POST /v1/zones/{id}/photos`: the body is the image. It is spooled to a file and counts against the body budget until
 * the response.
 */
export function registerPhotoUpload(app: FastifyInstance, deps: PhotoUploadDeps): void {
  const { bodies, onRequest, write } = deps
  const addPhoto = createAddPhoto(deps)
  const uploads = new WeakMap<FastifyRequest, Upload>()

  async function receive(request: FastifyRequest): Promise<null> {
    const address = callerOf(request.ip)
    let taken = 0
    const releaseBudget = (): void => {
      bodies.release(address, taken)
      taken = 0
    }
    try {
      const body = await spoolBody(request.raw, PHOTO_LIMIT, (bytes) => {
        bodies.take(address, bytes)
        taken += bytes
      })
      uploads.set(request, {
        ...body,
        inUse: false,
        async release() {
          releaseBudget()
          await removeBody(body.file)
        },
      })
      return null
    } catch (error) {
      releaseBudget()
      throw error
    }
  }

  // A separate scope, because all other routes parse JSON bodies.
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser(IMAGES, receive)
    scope.addContentTypeParser('*', (_request, _payload, done) => {
      done(new DomainError('unsupported-media-type', `Send the image itself as the body, as ${IMAGES.join(', ')}.`))
    })
    scope.addHook('onError', async (request) => {
      const upload = uploads.get(request)
      if (upload?.inUse === false) await upload.release()
    })
    scope.post<ById>(paths.zonePhotos(':id'), {
      config: { access: 'rider' },
      bodyLimit: PHOTO_LIMIT,
      schema: {
        tags: ['contributions'],
        summary:
          'Add a photo: the body is a JPEG, PNG or WebP of at most 12 MB, 40 megapixels and 12,000 pixels a side. The server re-encodes it without metadata and keeps it private until a moderator clears it.',
        params: ZoneParams,
        response: { 201: PhotoCreatedSchema },
      },
      onRequest,
      handler: async (request, reply) => {
        const upload = uploads.get(request)
        if (upload === undefined) throw empty()
        upload.inUse = true
        try {
          return await write(request, reply, (writer, key) => {
            if (upload.bytes === 0) throw empty()
            return addPhoto(writer, key, request.params.id, upload, callerOf(request.ip))
          })
        } finally {
          await upload.release()
        }
      },
    })
  })
}

function empty(): DomainError {
  return new DomainError('unusable-image', 'The body is empty. Send the image itself.')
}
