import { paths, ReadingsInputSchema, ReadingsTakenSchema, type ReadingsInput } from '@kickstand/contract'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import Type from 'typebox'
import type { Db } from '#db/schema.ts'
import type { InFlight } from '#http/idempotency/in-flight.ts'
import { readIdempotencyKey } from '#http/idempotency/read-key.ts'
import { scopeKey } from '#http/idempotency/scoped-key.ts'
import type { Limits } from '#http/rate-limit.ts'
import type { Config } from '#platform/config.ts'
import { checkFeedKey } from './keys/feed-keys.ts'
import { ingestReadings, type IncomingReading, type IngestReadingsDeps } from './ingest-readings.ts'

export type ReadingRoutesDeps = IngestReadingsDeps & {
  readonly db: Db
  readonly inFlight: InFlight
  readonly limits: Pick<Limits, 'limiter'>
  readonly config: Pick<Config, 'feedLimit'>
}

/** Room for a thousand readings with long references. */
const BODY_LIMIT = 512 * 1024
const FEED_ID = '^[a-z0-9][a-z0-9-]{0,62}$'

/** Readings that feeds send. */
export function register(app: FastifyInstance, deps: ReadingRoutesDeps): void {
  const keyLimit = deps.limits.limiter('key', deps.config.feedLimit, 'key')
  /** The id of the feed key of each request. */
  const senders = new WeakMap<FastifyRequest, string>()
  app.post<{ Params: { id: string }; Body: ReadingsInput }>(paths.feedReadings(':id'), {
    config: { access: 'readings:write' },
    bodyLimit: BODY_LIMIT,
    schema: {
      tags: ['feeds'],
      summary:
        'Readings of sensors, gates and counters, up to 1,000 at once, with the key of their feed as Bearer. A reading ' +
        'counts once by reference and time, so a batch can be retried. With an Idempotency-Key, scoped to the feed key, a ' +
        'retry gets the same response.',
      params: Type.Object({ id: Type.String({ pattern: FEED_ID }) }),
      body: ReadingsInputSchema,
      response: { 200: ReadingsTakenSchema },
    },
    // Authenticates before the body is read.
    async onRequest(request, reply) {
      const keyId = await checkFeedKey(deps, request.params.id, bearer(request))
      senders.set(request, keyId)
      keyLimit(keyId, reply)
    },
    handler: async (request, reply) => {
      const { id } = request.params
      // Of the feed key, so two devices of one feed may use the same key.
      const key = scopeKey('readings', senders.get(request) ?? '', readIdempotencyKey(request))
      const readings = request.body.readings.map(toIncoming)
      const { body, replayed } = await deps.inFlight.run(key, () =>
        ingestReadings(deps, id, readings, { key, payload: JSON.stringify(request.body) }),
      )
      if (replayed) reply.header('idempotency-replayed', 'true')
      return reply.send(body)
    },
  })
}

function toIncoming(reading: ReadingsInput['readings'][number], index: number): IncomingReading {
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
