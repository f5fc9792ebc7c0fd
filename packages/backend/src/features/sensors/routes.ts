import { paths, ReadingsInputSchema, ReadingsTakenSchema, type ReadingsInput } from '@kickstand/contract'
import { DomainError, type Principal, type TokenPrincipal } from '@kickstand/domain'
import type { FastifyInstance } from 'fastify'
import Type from 'typebox'
import type { Db } from '#db/schema.ts'
import type { InFlight } from '#http/idempotency/in-flight.ts'
import { readIdempotencyKey } from '#http/idempotency/read-key.ts'
import { principalOf } from '#http/auth/principal.ts'
import { scopeKey } from '#http/idempotency/scoped-key.ts'
import type { Limits } from '#http/rate-limit.ts'
import type { Config } from '#platform/config.ts'
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
  const keyLimit = deps.limits.limiter('key', deps.config.feedLimit, 'token')
  app.post<{ Params: { id: string }; Body: ReadingsInput }>(paths.feedReadings(':id'), {
    config: { access: 'readings:write' },
    bodyLimit: BODY_LIMIT,
    schema: {
      tags: ['feeds'],
      summary:
        'Readings of sensors, gates and counters, up to 1,000 at once, with a token as Bearer whose scope is readings:write. A reading ' +
        'counts once by reference and time, so a batch can be retried. With an Idempotency-Key, scoped to the token, a ' +
        'retry gets the same response.',
      params: Type.Object({ id: Type.String({ pattern: FEED_ID }) }),
      body: ReadingsInputSchema,
      response: { 200: ReadingsTakenSchema },
    },
    // Before the body is read.
    async onRequest(request, reply) {
      const principal = principalOf(request)
      if (principal.kind === 'token') requireFeed(principal, request.params.id)
      keyLimit(idOf(principal), reply)
    },
    handler: async (request, reply) => {
      const { id } = request.params
      // Of the token, so two devices of one feed may use the same key.
      const key = scopeKey('readings', idOf(principalOf(request)), readIdempotencyKey(request))
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

function requireFeed({ feedId }: TokenPrincipal, feed: string): void {
  if (feedId !== feed)
    throw new DomainError('not-allowed', `This token is for the feed ${feedId ?? '(none)'}, not for ${feed}.`)
}

function idOf(principal: Principal): string {
  if (principal.kind === 'token') return principal.tokenId
  return principal.kind === 'account' ? principal.accountId : ''
}
