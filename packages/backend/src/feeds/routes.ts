import { paths, ReadingsInputSchema, ReadingsTakenSchema, type ReadingsInput } from '@kickstand/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import Type from 'typebox'
import type { Db } from '#db/schema.ts'
import { readIdempotencyKey } from '#platform/idempotency-key.ts'
import { fingerprint } from '#platform/ids.ts'
import { checkFeedKey } from './keys/feed-keys.ts'
import { takeReadings, type BatchKey, type ReadingToTake, type TakeReadingsDeps } from './readings/take-readings.ts'

export type FeedRoutesDeps = TakeReadingsDeps & {
  readonly db: Db
  /** Throws `rate-limited` where too much comes under a key. */
  readonly keyLimit: (caller: string, reply: FastifyReply) => void
}

/** A thousand readings with long references. */
const BODY_LIMIT = 512 * 1024
const FEED_ID = '^[a-z0-9][a-z0-9-]{0,62}$'

export function registerFeedRoutes(app: FastifyInstance, deps: FeedRoutesDeps): void {
  /** The id of the feed key of each request. */
  const senders = new WeakMap<FastifyRequest, string>()
  app.post<{ Params: { id: string }; Body: ReadingsInput }>(paths.feedReadings(':id'), {
    bodyLimit: BODY_LIMIT,
    schema: {
      tags: ['feeds'],
      summary:
        'Readings of sensors, gates and counters, up to 1,000 at once, with the key of their feed as Bearer. A reading ' +
        'counts once by reference and time, so a batch may be sent again; so may one under an Idempotency-Key, which belongs to ' +
        'the feed key that it was sent with.',
      params: Type.Object({ id: Type.String({ pattern: FEED_ID }) }),
      body: ReadingsInputSchema,
      response: { 200: ReadingsTakenSchema },
    },
    // Before the body is read: who has no key has no say.
    async onRequest(request, reply) {
      const keyId = await checkFeedKey(deps, request.params.id, bearer(request))
      senders.set(request, keyId)
      deps.keyLimit(keyId, reply)
    },
    handler: async (request, reply) => {
      const { id } = request.params
      const { body, replayed } = await takeReadings(
        deps,
        id,
        request.body.readings.map(toTake),
        batchKey(request, senders.get(request) ?? ''),
      )
      if (replayed) reply.header('idempotency-replayed', 'true')
      return reply.send(body)
    },
  })
}

function toTake(reading: ReadingsInput['readings'][number], index: number): ReadingToTake {
  return {
    pointer: `/readings/${index}`,
    ref: reading.ref ?? null,
    zoneId: reading.zoneId ?? null,
    kind: reading.kind,
    value: reading.value ?? null,
    at: Date.parse(reading.at),
    capacity: reading.capacity ?? null,
  }
}

function bearer(request: FastifyRequest): string | null {
  return /^Bearer (\S{20,100})$/i.exec(request.headers.authorization ?? '')?.[1] ?? null
}

/** The key is per feed key, so two machines of one feed may send the same Idempotency-Key. */
function batchKey(request: FastifyRequest<{ Body: ReadingsInput }>, sender: string): BatchKey | null {
  const key = readIdempotencyKey(request)
  if (key === null) return null
  return { id: fingerprint(`${sender}\n${key}`), payloadHash: fingerprint(JSON.stringify(request.body)) }
}
